-- Departments whose rows differ from the release before; every department where the rules do.
WITH newest AS (SELECT release_id, base_release_id FROM meta.release WHERE release_id = (SELECT max(release_id) FROM meta.release)),
same_rules AS (
    SELECT count(*) = 1 AS holds
    FROM newest
    JOIN meta.release_table AS now ON now.release_id = newest.release_id AND now.table_name = 'quality.rule'
    JOIN meta.release_table AS before
        ON before.release_id = newest.base_release_id AND before.table_name = 'quality.rule'
    WHERE now.checksum = before.checksum
)
SELECT DISTINCT department.department_id
FROM core.dim_department AS department
CROSS JOIN same_rules
LEFT JOIN (SELECT change.department_id FROM meta.release_change AS change JOIN newest USING (release_id)) AS changed
    USING (department_id)
WHERE NOT same_rules.holds OR changed.department_id IS NOT NULL
ORDER BY department_id
