-- The submissions that a file of this name (as in the inbox, or the end of it) came for; null where it could not be read.
SELECT DISTINCT
    any_value(f.file_name) AS file_name, f.submission_key, v.status, v.department_id, v.fiscal_year,
    any_value(d.short_name) AS short_name
FROM quality.received_file AS f
LEFT JOIN quality.submission_version AS v USING (submission_key)
LEFT JOIN core.dim_department AS d ON d.department_id = v.department_id AND d.is_current
WHERE f.outcome <> 'duplicate' AND f.member_count IS NULL
    AND (f.file_name = $file OR ends_with(f.file_name, '/' || $file))
GROUP BY f.submission_key, v.status, v.department_id, v.fiscal_year
ORDER BY f.submission_key
