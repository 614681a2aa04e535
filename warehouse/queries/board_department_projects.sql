-- Project rows of the departments with their places.
SELECT
    submission.department_id,
    spending.fiscal_year,
    spending.project_spending_key,
    spending.reported_name,
    spending.listing,
    spending.budget_yuan,
    spending.spent_yuan,
    spending.execution_rate,
    spending.budget_text,
    spending.spent_text,
    spending.reported_unit,
    spending.is_primary,
    spending.goal,
    spending.completion,
    places.* EXCLUDE (table_name, row_key)
FROM core.fact_project_spending AS spending
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN board_places AS places
    ON places.table_name = 'fact_project_spending' AND places.row_key = spending.project_spending_key
WHERE list_contains($departments, submission.department_id)
ORDER BY
    submission.department_id, spending.fiscal_year DESC, places.file_name, places.page, spending.table_number,
    spending.row_number, spending.project_spending_key
