-- What is open on versions that still count, for whoever must act; what is only on trial stays inside the bureau.
SELECT
    f.department_id, d.short_name, f.fiscal_year, f.rule_id, f.level, f.page, f.line, f.table_number, f.row_number,
    f.column_number, f.message
FROM quality.finding AS f
JOIN quality.rule AS r USING (rule_id)
JOIN quality.submission_version AS v USING (submission_key)
JOIN core.dim_department AS d ON d.department_id = f.department_id AND d.is_current
WHERE f.state = 'open' AND f.level IN ('blocking', 'warning') AND r.stage <> 'shadow'
  AND v.status NOT IN ('superseded', 'withdrawn')
ORDER BY
    f.department_id, f.fiscal_year, CASE f.level WHEN 'blocking' THEN 0 ELSE 1 END, r.phase, f.rule_id,
    f.line, f.table_number, f.row_number, f.column_number, f.finding_key
