SELECT submission_key, department_id, fiscal_year, version, status, supersedes_key
FROM quality.submission_version
WHERE department_id IS NOT NULL AND fiscal_year IS NOT NULL
ORDER BY department_id, fiscal_year, version
