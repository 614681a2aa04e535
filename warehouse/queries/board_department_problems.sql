-- What the departments say is wrong and what they will do, with the places.
WITH mine AS (
    SELECT submission_key, department_id, fiscal_year
    FROM core.dim_submission
    WHERE list_contains($departments, department_id)
),
said AS (
    SELECT 'fact_problem' AS table_name, problem_key AS row_key, submission_key, position, title, detail
    FROM core.fact_problem
    UNION ALL
    SELECT 'fact_measure', measure_key, submission_key, position, title, detail
    FROM core.fact_measure
),
places AS (
    SELECT table_name, row_key, min({d: document_key, p: page, l: line, w: raw_text}) AS place
    FROM core.provenance
    JOIN mine USING (submission_key)
    WHERE table_name IN ('fact_problem', 'fact_measure')
    GROUP BY table_name, row_key
)
SELECT
    mine.department_id,
    mine.fiscal_year,
    said.table_name,
    said.row_key,
    said.title,
    said.detail,
    document.file_name,
    places.place.p AS page,
    places.place.l AS line,
    places.place.w AS raw_text
FROM said
JOIN mine USING (submission_key)
LEFT JOIN places ON places.table_name = said.table_name AND places.row_key = said.row_key
LEFT JOIN core.dim_document AS document ON document.document_key = places.place.d
ORDER BY mine.department_id, mine.fiscal_year DESC, said.table_name DESC, said.position, said.row_key
