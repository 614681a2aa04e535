-- Indicators of the forms, in the order of their places.
WITH mine AS (
    SELECT submission_key, department_id
    FROM core.dim_submission
    WHERE list_contains($departments, department_id)
),
places AS (
    SELECT
        row_key,
        -- Cells of the levels above are shared by several rows.
        coalesce(
            min({d: document_key, p: page, l: line, t: table_number, r: row_number})
                FILTER (column_name = 'level_3'),
            min({d: document_key, p: page, l: line, t: table_number, r: row_number})
        ) AS place,
        list(
            {
                name: column_name, page: page, line: line, table_number: table_number, row_number: row_number,
                column_number: column_number, text: raw_text
            }
            ORDER BY column_name
        ) AS texts
    FROM core.provenance
    JOIN mine USING (submission_key)
    WHERE table_name = 'fact_indicator'
    GROUP BY row_key
)
SELECT
    mine.department_id,
    fact.fiscal_year,
    project.canonical_name,
    fact.level_1,
    fact.level_2,
    fact.level_3,
    fact.direction,
    fact.target_text,
    fact.target_value,
    fact.actual_text,
    fact.actual_value,
    fact.unit,
    fact.weight,
    fact.score,
    fact.reason,
    document.file_name,
    places.place.p AS page,
    places.place.l AS line,
    places.place.t AS table_number,
    places.place.r AS row_number,
    places.texts
FROM core.fact_indicator AS fact
JOIN mine ON mine.submission_key = fact.submission_key
JOIN core.fact_form AS form USING (form_key)
LEFT JOIN core.dim_project AS project ON project.project_key = form.project_key
LEFT JOIN places ON places.row_key = fact.indicator_key
LEFT JOIN core.dim_document AS document ON document.document_key = places.place.d
ORDER BY mine.department_id, fact.fiscal_year DESC, form.project_key IS NOT NULL, form.position, form.form_key,
    page, table_number, line, row_number, fact.indicator_key
