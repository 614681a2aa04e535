SELECT DISTINCT department_id
FROM core.dim_department
WHERE $department IN (department_id, short_name, name)
ORDER BY ALL
