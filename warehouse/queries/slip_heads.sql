-- Whose and of what each slip is: a submission version by its key, an unreadable file by its receipt's.
WITH questioned AS (
    SELECT
        submission_key AS slip_key, department_id, fiscal_year, version, status, received_at,
        coalesce(judged_at, received_at) AS judged_at, CASE status WHEN 'unreadable' THEN reason END AS reason
    FROM quality.submission_version
    UNION ALL
    SELECT receipt_key, NULL, NULL, NULL, outcome, received_at, received_at, reason
    FROM quality.received_file
    WHERE outcome = 'unreadable'
),
home AS (
    SELECT CASE WHEN count(DISTINCT district_name) = 1 THEN min(district_name) END AS district_name
    FROM core.dim_department
    WHERE is_current
)
SELECT
    q.slip_key, q.department_id, q.fiscal_year, q.version, q.status, q.received_at, q.judged_at, q.reason,
    d.name AS department, d.short_name, coalesce(d.district_name, h.district_name) AS district, r.due_on
FROM questioned AS q
CROSS JOIN home AS h
LEFT JOIN core.dim_department AS d ON d.department_id = q.department_id
LEFT JOIN quality.roster AS r ON r.department_id = q.department_id AND r.fiscal_year = q.fiscal_year
WHERE list_contains($keys, q.slip_key)
QUALIFY row_number() OVER (
    PARTITION BY q.slip_key
    ORDER BY
        coalesce(d.valid_from <= make_date(q.fiscal_year, 12, 31), true)
            AND coalesce(d.valid_to >= make_date(q.fiscal_year, 12, 31), true) DESC,
        d.valid_from DESC
) = 1
ORDER BY q.fiscal_year, q.department_id, q.version, q.slip_key
