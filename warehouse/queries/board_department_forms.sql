-- Forms of the departments with their scores and the places of these; that of the whole comes first.
SELECT
    submission.department_id,
    fact.fiscal_year,
    fact.form_key,
    project.canonical_name,
    fact.total_score,
    fact.grade,
    fact.execution_weight,
    fact.execution_score,
    coalesce(counted.indicator_count, 0) AS indicator_count,
    places.* EXCLUDE (table_name, row_key)
FROM core.fact_form AS fact
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN core.dim_project AS project ON project.project_key = fact.project_key
LEFT JOIN (
    SELECT form_key, count(*) AS indicator_count
    FROM core.fact_indicator
    GROUP BY form_key
) AS counted USING (form_key)
LEFT JOIN board_places AS places ON places.table_name = 'fact_form' AND places.row_key = fact.form_key
WHERE list_contains($departments, submission.department_id)
ORDER BY submission.department_id, fact.fiscal_year DESC, fact.project_key IS NOT NULL, fact.position, fact.form_key
