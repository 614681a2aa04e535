SELECT version, status
FROM quality.submission_version
WHERE department_id = $department AND fiscal_year = $year
ORDER BY version
