SELECT s.department_id, s.fiscal_year, f.project_key, coalesce(f.budget_yuan, f.spent_yuan) AS amount_yuan
FROM core.dim_submission AS s
JOIN core.fact_project_spending AS f USING (submission_key)
WHERE f.is_primary AND list_contains($units, s.department_id || '/' || s.fiscal_year)
ORDER BY ALL
