-- title = "项目预算执行情况"
-- title_en = "Project budget execution"
-- grain = "每个项目每个年度一行（只含计入合计的行）"
-- warning = "可直接求和；没有金额的计划项目不在其中。"
-- sources = ["core.fact_project_spending", "core.dim_project", "core.dim_department", "core.dim_function"]
-- example = """
-- SELECT short_name, canonical_name, budget_yuan, spent_yuan, execution_rate
-- FROM mart.project_execution
-- WHERE fiscal_year = 2021
-- ORDER BY budget_yuan DESC LIMIT 20
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- function_name = { from = "core.dim_function.name" }
-- budget_yuan = { title = "预算金额", title_en = "Budget", unit = "元", warning = "预算口径见 amount_role。" }
-- spent_yuan = { title = "支出金额", title_en = "Spent", unit = "元" }
-- unspent_yuan = { title = "未支出金额", title_en = "Budget less spending", unit = "元", warning = "超支时为负。" }
SELECT
    spending.project_spending_key,
    spending.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    spending.fiscal_year,
    spending.project_key,
    project.canonical_name,
    spending.reported_name,
    project.function_code,
    function_class.name AS function_name,
    spending.listing,
    spending.amount_role,
    spending.budget_yuan,
    spending.spent_yuan,
    spending.budget_yuan - spending.spent_yuan AS unspent_yuan,
    spending.execution_rate,
    spending.goal,
    spending.completion
FROM core.fact_project_spending AS spending
JOIN core.dim_department AS department USING (department_key)
JOIN core.dim_project AS project USING (project_key)
LEFT JOIN core.dim_function AS function_class USING (function_code)
WHERE spending.is_primary
