-- Measured statements of the departments, in the order of their places.
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
    WHERE table_name = 'fact_achievement'
    GROUP BY row_key
)
SELECT
    mine.department_id,
    fact.fiscal_year,
    fact.achievement_key,
    fact.section,
    fact.metric,
    fact.value,
    fact.unit,
    fact.qualifier,
    fact.sentence,
    document.file_name,
    places.place.p AS page,
    places.place.l AS line,
    places.place.t AS table_number,
    places.place.r AS row_number,
    places.texts
FROM core.fact_achievement AS fact
JOIN mine USING (submission_key)
LEFT JOIN places ON places.row_key = fact.achievement_key
LEFT JOIN core.dim_document AS document ON document.document_key = places.place.d
ORDER BY mine.department_id, fact.fiscal_year DESC, document.file_name, page, line, fact.achievement_key
