-- 同一项目同一年度有不止一行计入合计
SELECT project_key, fiscal_year, count(*) AS primary_rows
FROM core.fact_project_spending
WHERE is_primary
GROUP BY project_key, fiscal_year
HAVING count(*) > 1
