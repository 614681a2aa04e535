-- Headline figures and headcounts of the departments, a row a value and place; a value of no place has none.
WITH facts AS (
    SELECT
        'fact_department_budget' AS table_name,
        submission_key AS row_key,
        submission_key,
        column_name,
        value
    FROM (
        UNPIVOT (SELECT submission_key, CAST(COLUMNS(* EXCLUDE (submission_key, department_key, fiscal_year)) AS VARCHAR)
            FROM core.fact_department_budget)
        ON * EXCLUDE (submission_key) INTO NAME column_name VALUE value
    )
    UNION ALL
    SELECT 'fact_headcount', headcount_key, submission_key, headcount_kind, CAST(people AS VARCHAR)
    FROM core.fact_headcount
)
SELECT
    submission.department_id,
    submission.fiscal_year,
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
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN core.provenance AS provenance
    ON provenance.table_name = facts.table_name
    AND provenance.row_key = facts.row_key
    AND (provenance.column_name = facts.column_name OR facts.table_name = 'fact_headcount')
LEFT JOIN core.dim_document AS document USING (document_key)
WHERE list_contains($departments, submission.department_id)
ORDER BY ALL
