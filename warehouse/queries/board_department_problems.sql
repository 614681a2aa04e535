-- What the departments say is wrong and what they will do, with the places.
SELECT
    submission.department_id,
    submission.fiscal_year,
    said.title,
    said.detail,
    said.table_name,
    said.row_key,
    places.* EXCLUDE (table_name, row_key)
FROM (
    SELECT 'fact_problem' AS table_name, problem_key AS row_key, submission_key, position, title, detail
    FROM core.fact_problem
    UNION ALL
    SELECT 'fact_measure', measure_key, submission_key, position, title, detail
    FROM core.fact_measure
) AS said
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN board_places AS places ON places.table_name = said.table_name AND places.row_key = said.row_key
WHERE list_contains($departments, submission.department_id)
ORDER BY submission.department_id, submission.fiscal_year DESC, said.table_name DESC, said.position, said.row_key
