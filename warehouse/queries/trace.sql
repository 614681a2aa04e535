SELECT
    p.column_name, d.file_name, p.page, p.line, p.table_number, p.row_number, p.column_number, p.raw_text,
    d.sha256, d.document_key
FROM core.provenance AS p
JOIN core.dim_document AS d USING (document_key)
WHERE p.table_name = $table AND p.row_key = $key AND ($column IS NULL OR p.column_name = $column)
ORDER BY p.column_name, p.line, p.table_number, p.row_number, p.column_number
