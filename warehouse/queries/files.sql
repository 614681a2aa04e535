SELECT
    f.file_name, f.sha256, f.byte_count, f.received_at, f.outcome, f.reason, f.submission_key,
    v.department_id, v.fiscal_year, v.version, v.status, v.reason AS verdict
FROM quality.received_file AS f
LEFT JOIN quality.submission_version AS v USING (submission_key)
ORDER BY f.received_at, f.file_name
