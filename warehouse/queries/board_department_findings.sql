-- Findings of the versions of the departments that count today, with their places.
SELECT
    finding.department_id,
    finding.fiscal_year,
    version.version,
    finding.rule_id,
    rule.title,
    finding.level,
    finding.state,
    finding.message,
    finding.remedy,
    finding.raw_text,
    file.file_name,
    finding.page,
    finding.line,
    finding.table_number,
    finding.row_number,
    finding.column_number
FROM quality.finding AS finding
LEFT JOIN quality.rule AS rule USING (rule_id)
LEFT JOIN quality.submission_version AS version USING (submission_key)
LEFT JOIN (
    SELECT document_key, min(file_name) AS file_name
    FROM quality.received_file
    WHERE outcome <> 'duplicate'
    GROUP BY document_key
) AS file USING (document_key)
WHERE list_contains($departments, coalesce(finding.department_id, ''))
  AND (version.status IS NULL OR version.status NOT IN ('superseded', 'withdrawn'))
ORDER BY
    finding.department_id, finding.fiscal_year DESC NULLS LAST, version.version DESC,
    CASE finding.level WHEN 'blocking' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    finding.rule_id, file.file_name, finding.line, finding.table_number, finding.row_number, finding.finding_key
