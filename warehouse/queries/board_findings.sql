-- Findings of the versions that count today: by rule, by department and altogether, a row a level and year.
WITH counted AS (
    SELECT
        f.rule_id,
        r.title AS rule_title,
        f.level,
        f.department_id,
        f.fiscal_year,
        f.state
    FROM quality.finding AS f
    LEFT JOIN quality.rule AS r USING (rule_id)
    LEFT JOIN quality.submission_version AS v USING (submission_key)
    WHERE v.status IS NULL OR v.status NOT IN ('superseded', 'withdrawn')
)
SELECT
    CASE WHEN grouping(rule_id) = 0 THEN 'rule' WHEN grouping(department_id) = 0 THEN 'department' ELSE 'level' END
        AS counted_by,
    rule_id,
    rule_title,
    department_id,
    level,
    fiscal_year,
    count(*) AS finding_count,
    count(*) FILTER (state = 'open') AS open_count
FROM counted
GROUP BY GROUPING SETS (
    (rule_id, rule_title, level, fiscal_year), (department_id, level, fiscal_year), (level, fiscal_year)
)
ORDER BY ALL
