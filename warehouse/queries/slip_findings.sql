-- What is open on each slip, root causes first; what is only on trial stays inside the bureau.
SELECT
    f.submission_key AS slip_key, f.finding_key, f.rule_id, coalesce(r.title, f.rule_id) AS title, f.level, r.basis,
    f.remedy, f.responsible, f.document_key, f.page, f.line, f.table_number, f.row_number, f.column_number,
    f.raw_text, f.subject, f.observed, f.expected, f.difference, f.message
FROM quality.finding AS f
LEFT JOIN quality.rule AS r USING (rule_id)
WHERE list_contains($keys, f.submission_key) AND f.state = 'open' AND r.stage IS DISTINCT FROM 'shadow'
ORDER BY
    f.submission_key, CASE f.level WHEN 'blocking' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, r.phase, f.rule_id,
    f.document_key, f.page, f.line, f.table_number, f.row_number, f.column_number, f.finding_key
