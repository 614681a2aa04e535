-- Rows that came and went since the release before, a row a department and table.
WITH newest AS (
    SELECT max(release_id) AS release_id FROM meta.release
)
SELECT
    change.department_id,
    change.table_name,
    dictionary.table_title_zh,
    change.rows_added,
    change.rows_removed
FROM meta.release_change AS change
JOIN newest USING (release_id)
JOIN (SELECT DISTINCT schema_name, table_name, table_title_zh FROM meta.data_dictionary) AS dictionary
    ON change.table_name = dictionary.schema_name || '.' || dictionary.table_name
ORDER BY change.department_id, change.table_name
