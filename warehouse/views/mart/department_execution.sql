-- title = "部门预算执行情况"
-- title_en = "Department budget execution"
-- grain = "每个单位每个年度现行的已采纳版本一行"
-- warning = "全年预算数为空时以收支总预算为分母；全部恰为 100% 时名次没有意义，见 remark。"
-- sources = ["core.fact_department_budget", "core.dim_department", "core.fact_headcount", "core.fact_project_spending"]
-- example = """
-- SELECT execution_rank, short_name, execution_rate, remark
-- FROM mart.department_execution
-- WHERE fiscal_year = 2021
-- ORDER BY execution_rank
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- department_kind = { from = "core.dim_department.kind" }
-- base_yuan = { title = "执行率的分母", title_en = "Budget the rate is measured against", unit = "元", warning = "全年（调整后）预算数，为空时用收支总预算。" }
-- execution_rank = { title = "执行率名次", title_en = "Rank by execution rate in the year", warning = "只在同一年度内比较；并列者同名次。" }
-- ranked_count = { title = "参加排名的单位数", title_en = "Departments ranked in the year", unit = "个" }
-- remark = { title = "备注", title_en = "Remark" }
-- people = { title = "总人数", title_en = "Total headcount", unit = "人" }
-- executed_per_head_yuan = { title = "人均支出", title_en = "Executed per head of total headcount", unit = "元", warning = "支出含项目支出，不是人均待遇。" }
-- prior_total_budget_yuan = { title = "上年收支总预算", title_en = "Total budget of the year before", unit = "元", warning = "取上年已公布数；上年没有公布时为空。" }
-- total_budget_change_yuan = { title = "收支总预算比上年增减（按公布数）", title_en = "Change of the total budget, from published figures", unit = "元" }
-- total_budget_change_rate = { title = "收支总预算比上年增减率", title_en = "Rate of change of the total budget", unit = "比例（1 即 100%）" }
-- prior_executed_yuan = { title = "上年支出执行数", title_en = "Executed in the year before", unit = "元" }
-- executed_change_yuan = { title = "支出执行数比上年增减", title_en = "Change of the executed amount", unit = "元" }
-- executed_change_rate = { title = "支出执行数比上年增减率", title_en = "Rate of change of the executed amount", unit = "比例（1 即 100%）" }
WITH headcount AS (
    SELECT submission_key, max(people) AS people
    FROM core.fact_headcount
    WHERE headcount_kind = 'total'
    GROUP BY submission_key
),
projects AS (
    SELECT submission_key, bool_and(coalesce(budget_yuan = spent_yuan, false)) AS all_exact
    FROM core.fact_project_spending
    WHERE is_primary
    GROUP BY submission_key
),
budget AS (
    SELECT
        fact.*,
        department.department_id,
        department.name,
        department.short_name,
        department.kind,
        coalesce(fact.annual_budget_yuan, fact.total_budget_yuan) AS base_yuan
    FROM core.fact_department_budget AS fact
    JOIN core.dim_department AS department USING (department_key)
),
compared AS (
    SELECT
        *,
        bool_and(coalesce(executed_yuan = base_yuan, false)) OVER same_year AND count(*) OVER same_year > 1
            AS is_year_exact,
        CASE WHEN execution_rate IS NOT NULL
            THEN rank() OVER (PARTITION BY fiscal_year ORDER BY execution_rate DESC NULLS LAST)
        END AS execution_rank,
        count(execution_rate) OVER same_year AS ranked_count,
        any_value(total_budget_yuan) OVER year_before AS prior_total_budget_yuan,
        any_value(executed_yuan) OVER year_before AS prior_executed_yuan
    FROM budget
    WINDOW
        same_year AS (PARTITION BY fiscal_year),
        year_before AS (
            PARTITION BY department_id ORDER BY fiscal_year RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING
        )
)
SELECT
    compared.submission_key,
    compared.department_id,
    compared.name AS department_name,
    compared.short_name,
    compared.kind AS department_kind,
    compared.fiscal_year,
    compared.total_budget_yuan,
    compared.annual_budget_yuan,
    compared.base_yuan,
    compared.executed_yuan,
    compared.stated_execution_rate,
    compared.execution_rate,
    compared.execution_rank,
    compared.ranked_count,
    nullif(
        concat_ws(
            '；',
            CASE WHEN projects.all_exact THEN '所列项目的支出全部恰为预算的 100%' END,
            CASE WHEN compared.is_year_exact THEN '本年度各单位的执行率全部恰为 100%，名次没有意义' END
        ),
        ''
    ) AS remark,
    headcount.people,
    mart.exact_mean(compared.executed_yuan, headcount.people) AS executed_per_head_yuan,
    compared.prior_year_change_yuan,
    compared.prior_total_budget_yuan,
    compared.total_budget_yuan - compared.prior_total_budget_yuan AS total_budget_change_yuan,
    mart.exact_rate(compared.total_budget_yuan - compared.prior_total_budget_yuan, compared.prior_total_budget_yuan)
        AS total_budget_change_rate,
    compared.prior_executed_yuan,
    compared.executed_yuan - compared.prior_executed_yuan AS executed_change_yuan,
    mart.exact_rate(compared.executed_yuan - compared.prior_executed_yuan, compared.prior_executed_yuan)
        AS executed_change_rate
FROM compared
LEFT JOIN headcount USING (submission_key)
LEFT JOIN projects USING (submission_key)
