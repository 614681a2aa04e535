-- Years of the accepted submissions with their sums; the rate is of those that state both amounts. The table is the
-- board's copy of the view.
SELECT
    fiscal_year,
    count(*) AS submission_count,
    sum(base_yuan) AS base_yuan,
    sum(executed_yuan) AS executed_yuan,
    mart.exact_rate(
        sum(executed_yuan) FILTER (base_yuan IS NOT NULL), sum(base_yuan) FILTER (executed_yuan IS NOT NULL)
    ) AS execution_rate
FROM temp.department_execution
GROUP BY fiscal_year
ORDER BY fiscal_year DESC
