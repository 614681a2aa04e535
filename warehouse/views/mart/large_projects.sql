-- title = "大额项目核对"
-- title_en = "Large projects: claimed against listed"
-- grain = "每个说明了大额项目的已采纳版本一行"
-- warning = "所报数可能含未在表中列出的项目，差额请向单位核实，不等于错误。"
-- sources = ["core.fact_department_budget", "core.dim_department", "core.fact_project_spending", "core.dim_project"]
-- example = """
-- SELECT short_name, fiscal_year, large_project_count, listed_count, large_project_yuan, listed_yuan
-- FROM mart.large_projects
-- WHERE unlisted_count <> 0
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- listed_count = { title = "所列的大额项目数", title_en = "Listed projects at or over the threshold", unit = "个", warning = "按预算金额判断，不重复；没有标准时为空。" }
-- listed_yuan = { title = "所列的大额项目金额", title_en = "Their budgets", unit = "元" }
-- listed_names = { title = "所列的大额项目", title_en = "Their names, largest first" }
-- unlisted_count = { title = "所报与所列项目数之差", title_en = "Claimed less listed count", unit = "个" }
-- unlisted_yuan = { title = "所报与所列金额之差", title_en = "Claimed less listed amount", unit = "元" }
WITH listed AS (
    SELECT
        spending.submission_key,
        count(*) AS project_count,
        CAST(sum(spending.budget_yuan) AS DECIMAL(18, 2)) AS budget_yuan,
        list(project.canonical_name ORDER BY spending.budget_yuan DESC, project.canonical_name) AS names
    FROM core.fact_project_spending AS spending
    JOIN core.fact_department_budget AS fact USING (submission_key)
    JOIN core.dim_project AS project USING (project_key)
    WHERE spending.is_primary AND spending.budget_yuan >= fact.large_project_threshold_yuan
    GROUP BY spending.submission_key
),
claimed AS (
    SELECT
        fact.submission_key,
        department.department_id,
        department.name AS department_name,
        department.short_name,
        fact.fiscal_year,
        fact.large_project_threshold_yuan,
        fact.large_project_count,
        fact.large_project_yuan,
        CASE WHEN fact.large_project_threshold_yuan IS NOT NULL THEN coalesce(listed.project_count, 0) END
            AS listed_count,
        CASE WHEN fact.large_project_threshold_yuan IS NOT NULL THEN coalesce(listed.budget_yuan, 0) END
            AS listed_yuan,
        listed.names AS listed_names
    FROM core.fact_department_budget AS fact
    JOIN core.dim_department AS department USING (department_key)
    LEFT JOIN listed USING (submission_key)
    WHERE coalesce(fact.large_project_threshold_yuan, fact.large_project_count, fact.large_project_yuan) IS NOT NULL
)
SELECT
    *,
    large_project_count - listed_count AS unlisted_count,
    large_project_yuan - listed_yuan AS unlisted_yuan
FROM claimed
