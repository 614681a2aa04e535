-- The releases that this one knows of, itself included, but for $known ones; with the contents of their tables.
SELECT
    r.release_id, r.published_at, r.code_version, r.catalogue_version,
    list({'name': t.table_name, 'row_count': t.row_count, 'checksum': t.checksum} ORDER BY t.table_name) AS tables
FROM meta.release AS r
JOIN meta.release_table AS t USING (release_id)
WHERE NOT list_contains($known, release_id)
GROUP BY ALL
ORDER BY r.release_id
