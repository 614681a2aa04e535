-- Every version of the departments, with its files; NULL in $departments stands for what could be told to none.
SELECT
    version.department_id,
    version.fiscal_year,
    version.version,
    version.status,
    version.received_at,
    version.reason,
    version.blocking_count,
    version.warning_count,
    version.information_count,
    list(DISTINCT file.file_name ORDER BY file.file_name) FILTER (file.file_name IS NOT NULL) AS file_names
FROM quality.submission_version AS version
LEFT JOIN quality.received_file AS file USING (submission_key)
WHERE list_contains($departments, coalesce(version.department_id, ''))
GROUP BY ALL
ORDER BY department_id, fiscal_year DESC NULLS LAST, version DESC
