SELECT s.department_id, s.fiscal_year, b.total_budget_yuan AS total_yuan, first(p.raw_text ORDER BY p.line, p.raw_text) AS printed
FROM core.dim_submission AS s
JOIN core.fact_department_budget AS b USING (submission_key)
LEFT JOIN core.provenance AS p
    ON p.table_name = 'fact_department_budget' AND p.row_key = s.submission_key AND p.column_name = 'total_budget_yuan'
WHERE b.total_budget_yuan IS NOT NULL AND list_contains($units, s.department_id || '/' || s.fiscal_year)
GROUP BY ALL
ORDER BY ALL
