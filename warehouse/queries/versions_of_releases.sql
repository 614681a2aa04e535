-- Versions of submissions that one of two releases does not know, or knows with another status.
SELECT
    coalesce(later.department_id, earlier.department_id) AS department_id,
    coalesce(later.fiscal_year, earlier.fiscal_year) AS fiscal_year,
    coalesce(later.version, earlier.version) AS version,
    earlier.status AS status_before,
    later.status AS status,
    later.reason
FROM earlier.quality.submission_version AS earlier
FULL JOIN later.quality.submission_version AS later USING (submission_key)
WHERE earlier.status IS DISTINCT FROM later.status
ORDER BY ALL
