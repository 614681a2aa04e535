-- title = "项目历年情况"
-- title_en = "Projects through the years"
-- grain = "每个项目每个列示年度一行（未列示的年度不成行）"
-- warning = "增减只与上一年度比，中断的年度不比；预算口径变了（is_basis_changed）的增减没有可比性。疑似同一项目的名称（proposed_names）尚未合并，新增或中断可能只是改了名称。"
-- sources = ["core.fact_project_spending", "core.dim_project", "core.dim_department", "core.dim_submission", "core.dim_function", "core.bridge_project_alias"]
-- example = """
-- SELECT short_name, canonical_name, fiscal_year, budget_yuan, budget_change_rate, gap_years
-- FROM mart.project_history
-- WHERE abs(budget_change_rate) > 0.5 AND NOT is_basis_changed
-- ORDER BY abs(budget_change_yuan) DESC
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- function_name = { from = "core.dim_function.name", warning = "由系统按项目名称推断，见 function_basis。" }
-- reported_names = { title = "本年所用名称", title_en = "Names as printed in the year" }
-- aliases = { title = "历年所用名称", title_en = "All names of the project, certain or decided" }
-- proposed_names = { title = "疑似名称", title_en = "Names that may be the same project, not merged", warning = "系统提出、尚未由人决定，金额没有合并。" }
-- listings = { title = "列示于哪些表", title_en = "Listings in which the project stands in the year" }
-- amount_role = { from = "core.fact_project_spending.amount_role", title = "预算口径", warning = "没有金额的年度为空。" }
-- budget_yuan = { title = "预算金额", title_en = "Budget", unit = "元", warning = "同一项目一年只计一次；没有金额为空。" }
-- spent_yuan = { title = "支出金额", title_en = "Spent", unit = "元" }
-- prior_budget_yuan = { title = "上年预算金额", title_en = "Budget of the year before", unit = "元", warning = "上一年度没有列示或没有金额时为空。" }
-- budget_change_yuan = { title = "预算比上年增减", title_en = "Change of the budget", unit = "元" }
-- budget_change_rate = { title = "预算比上年增减率", title_en = "Rate of change of the budget", unit = "比例（1 即 100%）" }
-- prior_spent_yuan = { title = "上年支出金额", title_en = "Spent in the year before", unit = "元" }
-- spent_change_yuan = { title = "支出比上年增减", title_en = "Change of the spending", unit = "元" }
-- spent_change_rate = { title = "支出比上年增减率", title_en = "Rate of change of the spending", unit = "比例（1 即 100%）" }
-- is_basis_changed = { title = "预算口径是否改变", title_en = "Whether the role of the budget differs from the year before", warning = "年初数与调整后数不可比；任一年没有金额时为空。" }
-- previous_year = { title = "上次列示年度", title_en = "Year of the listing before this one", unit = "年" }
-- gap_years = { title = "中断的年度", title_en = "Years between the listings", warning = "没有中断为空。" }
-- unreported_years = { title = "中断中未报年度", title_en = "Those of them for which no report was accepted", warning = "这些年度没有已采纳的报告，项目是否存在不得而知。" }
-- has_gap = { title = "是否中断后再列", title_en = "Whether years lie between this listing and the one before" }
-- is_dropped = { title = "此后是否不再列示", title_en = "Whether later reports no longer list it", warning = "单位有更晚年度的报告而其中没有此项目；可能只是改了名称。" }
WITH reported AS (
    SELECT department_id, list(fiscal_year) AS years, max(fiscal_year) AS newest_year
    FROM core.dim_submission
    GROUP BY department_id
),
names AS (
    SELECT
        project_key,
        list_sort(list(alias) FILTER (certainty <> 'proposed')) AS aliases,
        list_sort(list(alias) FILTER (certainty = 'proposed')) AS proposed_names
    FROM core.bridge_project_alias
    GROUP BY project_key
),
listed AS (
    SELECT
        project_key,
        submission_key,
        department_key,
        fiscal_year,
        list(reported_name) AS reported_names,
        list(listing) AS listings,
        any_value(amount_role) FILTER (is_primary) AS amount_role,
        any_value(budget_yuan) FILTER (is_primary) AS budget_yuan,
        any_value(spent_yuan) FILTER (is_primary) AS spent_yuan,
        any_value(execution_rate) FILTER (is_primary) AS execution_rate
    FROM core.fact_project_spending
    GROUP BY project_key, submission_key, department_key, fiscal_year
),
years AS (
    SELECT
        project_key,
        fiscal_year,
        lag(fiscal_year) OVER through_the_years AS previous_year,
        lead(fiscal_year) OVER through_the_years AS next_year
    FROM listed
    WINDOW through_the_years AS (PARTITION BY project_key ORDER BY fiscal_year)
),
spaced AS (
    SELECT
        listed.*,
        years.previous_year,
        years.next_year,
        prior.amount_role AS prior_amount_role,
        prior.budget_yuan AS prior_budget_yuan,
        prior.spent_yuan AS prior_spent_yuan,
        CASE WHEN listed.fiscal_year - years.previous_year > 1 THEN
            CAST(range(years.previous_year + 1, listed.fiscal_year) AS INTEGER[])
        END AS gap_years
    FROM listed
    JOIN years USING (project_key, fiscal_year)
    LEFT JOIN listed AS prior
        ON prior.project_key = listed.project_key AND prior.fiscal_year = listed.fiscal_year - 1
)
SELECT
    spaced.submission_key,
    project.department_id,
    department.name AS department_name,
    department.short_name,
    spaced.fiscal_year,
    spaced.project_key,
    project.canonical_name,
    list_sort(list_distinct(spaced.reported_names)) AS reported_names,
    names.aliases,
    names.proposed_names,
    project.function_code,
    function_class.name AS function_name,
    project.function_basis,
    list_sort(list_distinct(spaced.listings)) AS listings,
    spaced.amount_role,
    spaced.budget_yuan,
    spaced.spent_yuan,
    spaced.execution_rate,
    spaced.prior_budget_yuan,
    spaced.budget_yuan - spaced.prior_budget_yuan AS budget_change_yuan,
    mart.exact_rate(spaced.budget_yuan - spaced.prior_budget_yuan, spaced.prior_budget_yuan) AS budget_change_rate,
    spaced.prior_spent_yuan,
    spaced.spent_yuan - spaced.prior_spent_yuan AS spent_change_yuan,
    mart.exact_rate(spaced.spent_yuan - spaced.prior_spent_yuan, spaced.prior_spent_yuan) AS spent_change_rate,
    spaced.amount_role <> spaced.prior_amount_role AS is_basis_changed,
    spaced.previous_year,
    spaced.gap_years,
    CASE WHEN spaced.gap_years IS NOT NULL THEN
        CASE WHEN NOT list_has_all(reported.years, spaced.gap_years) THEN
            list_filter(spaced.gap_years, lambda year: NOT list_contains(reported.years, year))
        END
    END AS unreported_years,
    spaced.gap_years IS NOT NULL AS has_gap,
    spaced.next_year IS NULL AND reported.newest_year > spaced.fiscal_year AS is_dropped,
    project.first_year,
    project.last_year
FROM spaced
JOIN core.dim_project AS project USING (project_key)
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN core.dim_function AS function_class USING (function_code)
LEFT JOIN names USING (project_key)
LEFT JOIN reported ON reported.department_id = project.department_id
