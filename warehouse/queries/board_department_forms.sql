-- Forms of the departments with their scores and the places of these; that of the whole comes first.
WITH mine AS (
    SELECT submission_key, department_id
    FROM core.dim_submission
    WHERE list_contains($departments, department_id)
),
places AS (
    SELECT
        row_key,
        min({d: document_key, p: page, l: line, t: table_number, r: row_number}) AS place,
        list(
            {
                name: column_name, page: page, line: line, table_number: table_number, row_number: row_number,
                column_number: column_number, text: raw_text
            }
            ORDER BY column_name
        ) AS texts
    FROM core.provenance
    JOIN mine USING (submission_key)
    WHERE table_name = 'fact_form'
    GROUP BY row_key
)
SELECT
    mine.department_id,
    fact.fiscal_year,
    fact.form_key,
    project.canonical_name,
    fact.total_score,
    fact.grade,
    fact.execution_weight,
    fact.execution_score,
    coalesce(counted.indicator_count, 0) AS indicator_count,
    document.file_name,
    places.place.p AS page,
    places.place.l AS line,
    places.place.t AS table_number,
    places.place.r AS row_number,
    places.texts
FROM core.fact_form AS fact
JOIN mine USING (submission_key)
LEFT JOIN core.dim_project AS project ON project.project_key = fact.project_key
LEFT JOIN (
    SELECT form_key, count(*) AS indicator_count
    FROM core.fact_indicator
    GROUP BY form_key
) AS counted USING (form_key)
LEFT JOIN places ON places.row_key = fact.form_key
LEFT JOIN core.dim_document AS document ON document.document_key = places.place.d
ORDER BY mine.department_id, fact.fiscal_year DESC, fact.project_key IS NOT NULL, fact.position, fact.form_key
