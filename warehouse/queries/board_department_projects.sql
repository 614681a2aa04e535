-- Project rows of the departments with the places of their names and the columns of their amounts.
WITH places AS (
    SELECT
        row_key,
        min({d: document_key, p: page, l: line, t: table_number, r: row_number})
            FILTER (column_name = 'reported_name') AS place,
        min({d: document_key, p: page, l: line, t: table_number, r: row_number}) AS any_place,
        min(column_number) FILTER (column_name = 'budget_yuan') AS budget_column,
        min(column_number) FILTER (column_name = 'spent_yuan') AS spent_column
    FROM core.provenance
    WHERE table_name = 'fact_project_spending'
    GROUP BY row_key
)
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
    document.file_name,
    coalesce(places.place, places.any_place).p AS page,
    coalesce(places.place, places.any_place).l AS line,
    coalesce(places.place, places.any_place).t AS table_number,
    coalesce(places.place, places.any_place).r AS row_number,
    places.budget_column,
    places.spent_column
FROM core.fact_project_spending AS spending
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN places ON places.row_key = spending.project_spending_key
LEFT JOIN core.dim_document AS document ON document.document_key = coalesce(places.place, places.any_place).d
WHERE list_contains($departments, submission.department_id)
ORDER BY
    submission.department_id, spending.fiscal_year DESC, document.file_name, page, spending.table_number,
    spending.row_number, spending.project_spending_key
