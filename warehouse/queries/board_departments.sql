-- Every department with the names it bears today.
SELECT
    department_id,
    arg_max(name, coalesce(valid_to, DATE '9999-12-31')) AS name,
    arg_max(short_name, coalesce(valid_to, DATE '9999-12-31')) AS short_name
FROM core.dim_department
GROUP BY department_id
ORDER BY department_id
