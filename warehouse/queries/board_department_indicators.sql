-- Indicators of the forms, in the order of their places.
SELECT
    submission.department_id,
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
    places.* EXCLUDE (table_name, row_key)
FROM core.fact_indicator AS fact
JOIN core.dim_submission AS submission ON submission.submission_key = fact.submission_key
JOIN core.fact_form AS form USING (form_key)
LEFT JOIN core.dim_project AS project ON project.project_key = form.project_key
LEFT JOIN board_places AS places ON places.table_name = 'fact_indicator' AND places.row_key = fact.indicator_key
WHERE list_contains($departments, submission.department_id)
ORDER BY submission.department_id, fact.fiscal_year DESC, form.project_key IS NOT NULL, form.position, form.form_key,
    places.page, places.table_number, places.line, places.row_number, fact.indicator_key
