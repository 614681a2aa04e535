-- Every column that can be exported, with what the release's own dictionary and comments say of it.
WITH comments AS (
    SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal
)
SELECT
    dictionary.schema_name || '.' || dictionary.table_name AS name,
    dictionary.table_title_zh AS table_title,
    comments.comment AS about,
    dictionary.column_name,
    dictionary.title_zh AS title,
    dictionary.data_type,
    dictionary.unit,
    dictionary.source,
    dictionary.warning,
    array_to_string(dictionary.allowed_values, '、') AS allowed
FROM meta.data_dictionary AS dictionary
LEFT JOIN comments USING (schema_name, table_name)
ORDER BY dictionary.schema_name, dictionary.table_name, dictionary.position
