-- Headline figures and headcounts of the departments, a row a value and place; a value of no place has none.
WITH mine AS (
    SELECT submission_key, department_id, fiscal_year
    FROM core.dim_submission
    WHERE list_contains($departments, department_id)
),
budgets AS (
    SELECT submission_key, CAST(COLUMNS(* EXCLUDE (submission_key, department_key, fiscal_year)) AS VARCHAR)
    FROM core.fact_department_budget
    WHERE submission_key IN (SELECT submission_key FROM mine)
),
facts AS (
    SELECT
        'fact_department_budget' AS table_name,
        submission_key AS row_key,
        submission_key,
        column_name,
        column_name AS source_column,
        value
    FROM (UNPIVOT budgets ON * EXCLUDE (submission_key) INTO NAME column_name VALUE value)
    UNION ALL
    SELECT 'fact_headcount', headcount_key, submission_key, headcount_kind, 'people', CAST(people AS VARCHAR)
    FROM core.fact_headcount
    WHERE submission_key IN (SELECT submission_key FROM mine)
)
SELECT
    mine.department_id,
    mine.fiscal_year,
    facts.table_name,
    facts.column_name,
    facts.value,
    document.file_name,
    provenance.page,
    provenance.line,
    provenance.table_number,
    provenance.row_number,
    provenance.column_number,
    provenance.raw_text
FROM facts
JOIN mine USING (submission_key)
LEFT JOIN core.provenance AS provenance
    ON provenance.table_name = facts.table_name
    AND provenance.row_key = facts.row_key
    AND provenance.column_name = facts.source_column
LEFT JOIN core.dim_document AS document USING (document_key)
ORDER BY ALL
