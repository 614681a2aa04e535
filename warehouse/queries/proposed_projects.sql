-- Names that may be one project and on which nobody has decided.
SELECT project.department_id, department.short_name, project.canonical_name AS project, bridge.alias AS other_project
FROM core.bridge_project_alias AS bridge
JOIN core.dim_project AS project USING (project_key)
LEFT JOIN core.dim_department AS department
    ON department.department_id = project.department_id AND department.is_current
WHERE bridge.certainty = 'proposed' AND ($department IS NULL OR project.department_id = $department)
ORDER BY ALL
