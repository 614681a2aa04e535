-- $withdrawn: 'department/year/version' of what people took back; the files that came for it count no more.
SELECT
    f.document_key, f.file_name, f.sha256, f.byte_count, f.received_at, f.intake_id,
    v.department_id, v.fiscal_year, v.submission_key
FROM quality.received_file AS f
JOIN quality.submission_version AS v USING (submission_key)
WHERE f.outcome = 'taken'
    AND list_contains($units, v.department_id || '/' || v.fiscal_year)
    AND NOT list_contains($withdrawn, v.department_id || '/' || v.fiscal_year || '/' || v.version)
ORDER BY f.received_at, f.intake_id, f.file_name
