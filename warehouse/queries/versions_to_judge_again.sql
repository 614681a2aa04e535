-- The version in force and quarantined ones after it; what was withdrawn as well, once that is revoked.
-- $withdrawn: 'department/year/version' of what people took back.
WITH standing AS (
    SELECT submission_key, department_id, fiscal_year, version, status
    FROM quality.submission_version
    WHERE department_id IS NOT NULL AND fiscal_year IS NOT NULL
        AND NOT list_contains($withdrawn, department_id || '/' || fiscal_year || '/' || version)
)
SELECT v.submission_key, v.department_id, v.fiscal_year
FROM standing AS v
WHERE v.status IN ('accepted', 'accepted_with_warnings', 'quarantined', 'withdrawn')
    AND ($units IS NULL OR list_contains($units, v.department_id || '/' || v.fiscal_year))
    AND NOT EXISTS (
        SELECT 1
        FROM standing AS f
        WHERE f.department_id = v.department_id AND f.fiscal_year = v.fiscal_year AND f.version > v.version
            AND f.status IN ('accepted', 'accepted_with_warnings')
    )
ORDER BY v.department_id, v.fiscal_year, v.version
