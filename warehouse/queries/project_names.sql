-- The names under which projects of a department appear, also those that only findings name.
SELECT DISTINCT alias AS name
FROM core.bridge_project_alias
JOIN core.dim_project USING (project_key)
WHERE department_id = $department
UNION
SELECT DISTINCT unnest([subject, expected]) AS name
FROM quality.finding
WHERE department_id = $department AND rule_id IN ('C31', 'C32')
ORDER BY name
