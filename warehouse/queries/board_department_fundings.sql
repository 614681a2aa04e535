-- Funds of the forms by source, the total first, with their places.
SELECT
    submission.department_id,
    form.fiscal_year,
    project.canonical_name,
    fact.funding_source,
    fact.initial_yuan,
    fact.adjusted_yuan,
    fact.executed_yuan,
    fact.execution_rate,
    places.* EXCLUDE (table_name, row_key)
FROM core.fact_form_funding AS fact
JOIN core.dim_submission AS submission ON submission.submission_key = fact.submission_key
JOIN core.fact_form AS form USING (form_key)
LEFT JOIN core.dim_project AS project ON project.project_key = form.project_key
LEFT JOIN board_places AS places ON places.table_name = 'fact_form_funding' AND places.row_key = fact.form_funding_key
WHERE list_contains($departments, submission.department_id)
ORDER BY submission.department_id, form.fiscal_year DESC, form.project_key IS NOT NULL, form.position, form.form_key,
    fact.funding_source <> '合计', places.page, places.line, places.row_number, fact.form_funding_key
