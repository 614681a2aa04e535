-- Goals of the departments, with their places.
SELECT
    submission.department_id,
    fact.fiscal_year,
    fact.goal_key,
    fact.aspect,
    fact.goal,
    places.* EXCLUDE (table_name, row_key)
FROM core.fact_goal AS fact
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN board_places AS places ON places.table_name = 'fact_goal' AND places.row_key = fact.goal_key
WHERE list_contains($departments, submission.department_id)
ORDER BY submission.department_id, fact.fiscal_year DESC, fact.position, fact.goal_key
