SELECT
    f.rule_id, r.title, f.level, f.department_id, d.short_name AS department, f.fiscal_year, v.version, v.status,
    coalesce(c.file_name, '') AS file_name, f.page, f.line, f.table_number, f.row_number, f.column_number,
    f.subject, f.observed, f.expected, f.message, f.remedy, f.raw_text, f.responsible, f.state, f.finding_key
FROM quality.finding AS f
JOIN quality.rule AS r USING (rule_id)
LEFT JOIN quality.submission_version AS v USING (submission_key)
LEFT JOIN (
    SELECT document_key, min(file_name) AS file_name FROM quality.received_file GROUP BY document_key
) AS c USING (document_key)
LEFT JOIN core.dim_department AS d ON d.department_id = f.department_id AND d.is_current
WHERE ($department IS NULL OR f.department_id = $department)
  AND ($year IS NULL OR f.fiscal_year = $year)
  AND ($level IS NULL OR f.level = $level)
  AND (v.status IS NULL OR v.status NOT IN ('superseded', 'withdrawn'))
ORDER BY
    f.fiscal_year, f.department_id, CASE f.level WHEN 'blocking' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    f.rule_id, f.line, f.table_number, f.row_number, f.finding_key
