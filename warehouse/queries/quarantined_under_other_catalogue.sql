SELECT DISTINCT v.department_id, v.fiscal_year
FROM quality.submission_version AS v
JOIN quality.evaluation AS e USING (submission_key)
WHERE v.status = 'quarantined' AND v.department_id IS NOT NULL AND v.fiscal_year IS NOT NULL
    AND e.catalogue_version <> $catalogue_version
    AND NOT EXISTS (
        SELECT 1
        FROM quality.submission_version AS f
        WHERE f.department_id = v.department_id AND f.fiscal_year = v.fiscal_year AND f.version > v.version
            AND f.status IN ('accepted', 'accepted_with_warnings')
    )
ORDER BY v.department_id, v.fiscal_year
