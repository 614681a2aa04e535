-- title = "支出功能分类构成"
-- title_en = "Spending by function class"
-- grain = "每个单位每个年度的每个功能分类一行，未归类的项目自成一行"
-- warning = "只含所列项目，不含基本支出和未列出的项目；类别由系统按项目名称推断（is_inferred），不是批复的科目，不可代替决算的功能分类。"
-- sources = ["core.fact_project_spending", "core.dim_project", "core.dim_department", "core.dim_function"]
-- example = """
-- SELECT short_name, function_name, budget_yuan, budget_share
-- FROM mart.function_mix
-- WHERE fiscal_year = 2021
-- ORDER BY short_name, budget_yuan DESC
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- function_code = { from = "core.dim_project.function_code", warning = "未归类的项目为空。" }
-- function_name = { from = "core.dim_function.name", warning = "没有类别的项目合为“未归类”一行，各行相加即所列项目合计。" }
-- is_inferred = { title = "类别是否系统推断", title_en = "Whether the class is inferred", warning = "未归类的行为空。" }
-- function_bases = { title = "推断依据", title_en = "What the inference rests on" }
-- project_count = { title = "项目数", title_en = "Projects with an amount", unit = "个" }
-- budget_yuan = { title = "预算金额", title_en = "Sum of distinct projects' budgets", unit = "元", warning = "每个项目只计一次。" }
-- spent_yuan = { title = "支出金额", title_en = "Sum of distinct projects' spending", unit = "元" }
-- execution_rate = { title = "执行率", title_en = "Spending over budget", unit = "比例（1 即 100%）", warning = "只用预算和支出都写明的项目。" }
-- listed_budget_yuan = { title = "所列项目预算合计", title_en = "Sum over all classes", unit = "元", warning = "在同一单位同一年度的每一行重复，不可相加。" }
-- listed_spent_yuan = { title = "所列项目支出合计", title_en = "Sum over all classes", unit = "元", warning = "在同一单位同一年度的每一行重复，不可相加。" }
-- budget_share = { title = "预算占比", title_en = "Share of the listed budget", unit = "比例（1 即 100%）" }
-- spent_share = { title = "支出占比", title_en = "Share of the listed spending", unit = "比例（1 即 100%）" }
WITH mix AS (
    SELECT
        spending.submission_key,
        spending.department_key,
        spending.fiscal_year,
        project.function_code,
        CASE WHEN project.function_code IS NOT NULL THEN bool_or(project.function_basis IS NOT NULL) END
            AS is_inferred,
        list_sort(list(DISTINCT project.function_basis) FILTER (project.function_basis IS NOT NULL))
            AS function_bases,
        count(*) AS project_count,
        CAST(sum(spending.budget_yuan) AS DECIMAL(18, 2)) AS budget_yuan,
        CAST(sum(spending.spent_yuan) AS DECIMAL(18, 2)) AS spent_yuan,
        mart.exact_rate(
            sum(spending.spent_yuan) FILTER (spending.budget_yuan IS NOT NULL),
            sum(spending.budget_yuan) FILTER (spending.spent_yuan IS NOT NULL)
        ) AS execution_rate
    FROM core.fact_project_spending AS spending
    JOIN core.dim_project AS project USING (project_key)
    WHERE spending.is_primary
    GROUP BY spending.submission_key, spending.department_key, spending.fiscal_year, project.function_code
),
summed AS (
    SELECT
        *,
        CAST(sum(budget_yuan) OVER submission AS DECIMAL(18, 2)) AS listed_budget_yuan,
        CAST(sum(spent_yuan) OVER submission AS DECIMAL(18, 2)) AS listed_spent_yuan
    FROM mix
    WINDOW submission AS (PARTITION BY submission_key)
)
SELECT
    summed.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    summed.fiscal_year,
    summed.function_code,
    coalesce(function_class.name, '未归类') AS function_name,
    summed.is_inferred,
    summed.function_bases,
    summed.project_count,
    summed.budget_yuan,
    summed.spent_yuan,
    summed.execution_rate,
    summed.listed_budget_yuan,
    summed.listed_spent_yuan,
    mart.exact_rate(summed.budget_yuan, summed.listed_budget_yuan) AS budget_share,
    mart.exact_rate(summed.spent_yuan, summed.listed_spent_yuan) AS spent_share
FROM summed
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN core.dim_function AS function_class USING (function_code)
