-- A name is an alias as long as a published row bears it: of the project itself, or for a proposal of another project
-- of the department.
DELETE FROM night.main."added core.bridge_project_alias" AS bridge
WHERE NOT EXISTS (
    SELECT 1
    FROM core.dim_project AS own
    JOIN core.dim_project AS borne USING (department_id)
    JOIN core.fact_project_spending AS spending ON spending.project_key = borne.project_key
    WHERE own.project_key = bridge.project_key
        AND spending.reported_name = bridge.alias
        AND (bridge.certainty = 'proposed') = (borne.project_key <> own.project_key)
);
