SELECT department_id, fiscal_year, department_key
FROM core.dim_submission
ORDER BY department_id, fiscal_year
