-- $withdrawn: 'department/year/version' of what people took back; it is in force no more.
SELECT
    submission_key, department_id, fiscal_year, version,
    CASE
        WHEN status IN ('accepted', 'accepted_with_warnings')
            AND list_contains($withdrawn, department_id || '/' || fiscal_year || '/' || version)
        THEN 'withdrawn'
        ELSE status
    END AS status,
    supersedes_key
FROM quality.submission_version
WHERE department_id IS NOT NULL AND fiscal_year IS NOT NULL
ORDER BY department_id, fiscal_year, version
