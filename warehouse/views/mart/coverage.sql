-- title = "项目覆盖率"
-- title_en = "Coverage: projects listed against the stated total"
-- grain = "每个单位每个年度现行的已采纳版本一行"
-- warning = "预算总额还含基本支出、学校及下属单位，覆盖率低不一定是漏报。"
-- sources = ["core.fact_department_budget", "core.dim_department", "core.fact_project_spending"]
-- example = """
-- SELECT short_name, fiscal_year, coverage_rate, listed_project_count
-- FROM mart.coverage
-- ORDER BY coverage_rate
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- base_yuan = { title = "预算总额", title_en = "Stated total", unit = "元", warning = "全年（调整后）预算数，为空时用收支总预算。" }
-- listed_project_count = { title = "所列项目数（有金额）", title_en = "Distinct projects listed with an amount", unit = "个" }
-- without_amount_count = { title = "没有金额的项目数", title_en = "Distinct projects listed without any amount", unit = "个" }
-- listed_row_count = { title = "项目表行数", title_en = "Rows of all project tables", unit = "行" }
-- listed_budget_yuan = { title = "所列项目预算合计（不重复）", title_en = "Sum of distinct projects' budgets", unit = "元" }
-- listed_spent_yuan = { title = "所列项目支出合计（不重复）", title_en = "Sum of distinct projects' spending", unit = "元" }
-- repeated_budget_yuan = { title = "表间重复计列的预算", title_en = "Budget that plain sums over all tables would repeat", unit = "元" }
-- unlisted_yuan = { title = "未列出项目的金额", title_en = "Stated total less listed budget", unit = "元" }
-- coverage_rate = { title = "项目覆盖率", title_en = "Listed budget over stated total", unit = "比例（1 即 100%）" }
WITH listed AS (
    SELECT
        submission_key,
        count(DISTINCT project_key) FILTER (is_primary) AS project_count,
        count(DISTINCT project_key) AS all_project_count,
        count(*) AS row_count,
        CAST(sum(budget_yuan) FILTER (is_primary) AS DECIMAL(18, 2)) AS budget_yuan,
        CAST(sum(spent_yuan) FILTER (is_primary) AS DECIMAL(18, 2)) AS spent_yuan,
        CAST(sum(budget_yuan) FILTER (NOT is_primary) AS DECIMAL(18, 2)) AS repeated_yuan
    FROM core.fact_project_spending
    GROUP BY submission_key
)
SELECT
    fact.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    fact.fiscal_year,
    coalesce(fact.annual_budget_yuan, fact.total_budget_yuan) AS base_yuan,
    coalesce(listed.project_count, 0) AS listed_project_count,
    coalesce(listed.all_project_count - listed.project_count, 0) AS without_amount_count,
    coalesce(listed.row_count, 0) AS listed_row_count,
    listed.budget_yuan AS listed_budget_yuan,
    listed.spent_yuan AS listed_spent_yuan,
    coalesce(listed.repeated_yuan, 0) AS repeated_budget_yuan,
    coalesce(fact.annual_budget_yuan, fact.total_budget_yuan) - listed.budget_yuan AS unlisted_yuan,
    mart.exact_rate(listed.budget_yuan, coalesce(fact.annual_budget_yuan, fact.total_budget_yuan)) AS coverage_rate
FROM core.fact_department_budget AS fact
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN listed USING (submission_key)
