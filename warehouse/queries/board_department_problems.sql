-- What the departments say is wrong and what they will do, with the places.
WITH said AS (
    SELECT 'problem' AS part, 'fact_problem' AS table_name, problem_key AS row_key, submission_key, position,
        coalesce(title, detail) AS text
    FROM core.fact_problem
    UNION ALL
    SELECT 'measure', 'fact_measure', measure_key, submission_key, position, coalesce(title, detail)
    FROM core.fact_measure
),
places AS (
    SELECT table_name, row_key, min({d: document_key, p: page, l: line}) AS place
    FROM core.provenance
    WHERE table_name IN ('fact_problem', 'fact_measure')
    GROUP BY table_name, row_key
)
SELECT
    submission.department_id,
    submission.fiscal_year,
    said.part,
    said.position,
    said.text,
    document.file_name,
    places.place.p AS page,
    places.place.l AS line
FROM said
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN places ON places.table_name = said.table_name AND places.row_key = said.row_key
LEFT JOIN core.dim_document AS document ON document.document_key = places.place.d
WHERE list_contains($departments, submission.department_id)
ORDER BY submission.department_id, submission.fiscal_year DESC, said.part DESC, said.position, said.row_key
