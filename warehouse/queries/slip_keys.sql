-- What a slip may be asked for: by department and year, by the name of a file, or by its bytes; the last one first.
SELECT v.submission_key AS slip_key, v.status, v.version, v.received_at
FROM quality.submission_version AS v
WHERE v.status <> 'withdrawn' AND v.fiscal_year = $year AND v.department_id = $department
UNION ALL
SELECT coalesce(f.submission_key, f.receipt_key), coalesce(v.status, f.outcome), v.version, f.received_at
FROM quality.received_file AS f
LEFT JOIN quality.submission_version AS v USING (submission_key)
WHERE f.outcome <> 'duplicate' AND f.member_count IS NULL
    AND (f.sha256 = $sha256 OR f.file_name = $file OR ends_with(f.file_name, '/' || $file))
ORDER BY received_at DESC, version DESC, slip_key
