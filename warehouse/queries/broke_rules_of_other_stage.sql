-- $stages: 'C40=shadow' for each rule of today.
SELECT DISTINCT f.submission_key, f.department_id, f.fiscal_year
FROM quality.finding AS f
JOIN quality.rule AS r USING (rule_id)
WHERE f.department_id IS NOT NULL AND f.fiscal_year IS NOT NULL
    AND NOT list_contains($stages, r.rule_id || '=' || r.stage)
ORDER BY ALL
