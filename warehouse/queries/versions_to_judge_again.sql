SELECT v.submission_key, v.department_id, v.fiscal_year
FROM quality.submission_version AS v
WHERE v.department_id IS NOT NULL AND v.fiscal_year IS NOT NULL
    AND ($units IS NULL OR list_contains($units, v.department_id || '/' || v.fiscal_year))
    AND v.status IN ('accepted', 'accepted_with_warnings', 'quarantined')
    AND NOT EXISTS (
        SELECT 1
        FROM quality.submission_version AS f
        WHERE f.department_id = v.department_id AND f.fiscal_year = v.fiscal_year AND f.version > v.version
            AND f.status IN ('accepted', 'accepted_with_warnings')
    )
ORDER BY v.department_id, v.fiscal_year, v.version
