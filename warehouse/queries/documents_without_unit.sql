SELECT
    f.document_key, f.file_name, f.sha256, f.byte_count, f.received_at, f.intake_id,
    v.department_id, v.fiscal_year, v.submission_key
FROM quality.received_file AS f
JOIN quality.submission_version AS v USING (submission_key)
WHERE f.outcome = 'taken' AND v.status NOT IN ('withdrawn', 'superseded')
    AND (v.department_id IS NULL OR v.fiscal_year IS NULL)
ORDER BY f.received_at, f.intake_id, f.file_name
