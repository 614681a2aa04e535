SELECT *
FROM mart.submission_board
WHERE $year IS NULL OR fiscal_year = $year
ORDER BY fiscal_year DESC, department_id
