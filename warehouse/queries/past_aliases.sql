SELECT a.project_key, p.department_id, a.alias, p.canonical_name, a.certainty, a.basis, p.first_year, p.last_year
FROM core.bridge_project_alias AS a
JOIN core.dim_project AS p USING (project_key)
WHERE list_contains($departments, p.department_id)
ORDER BY a.project_key, a.alias
