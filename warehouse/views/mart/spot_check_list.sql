-- title = "抽查清单"
-- title_en = "Spot check list"
-- grain = "每个有金额的项目每个年度一行"
-- note = "加权金额 = 项目金额 × 问题系数 × 自评系数。项目金额取预算，没有预算取支出，负数按零。问题系数 = 1 + 点名该项目的待处理问题数 + 该单位当年全部待处理问题数 ÷ 10（只计阻断和警告）。自评系数 = 1 + 10 × 自评虚高；自评虚高 = 自评得分率 − 佐证率，小于零按零；自评得分率取项目自评表总分 ÷ 100，没有自评表取部门自评得分 ÷ 100，最多为 1；佐证率取执行率与指标完成率中较小的一个，最多为 1；得分或佐证不明时自评系数为 1。名次按加权金额在年度内从大到小。"
-- warning = "只是复核的先后次序，不是结论；系数是约定的，可按各列自行改算。一个单位各项目的加权金额相加为单位加权金额。"
-- sources = ["core.fact_project_spending", "core.dim_project", "core.dim_department", "core.fact_department_budget", "core.fact_form", "core.fact_indicator", "core.dim_indicator_kind", "quality.finding"]
-- example = """
-- SELECT check_rank, short_name, canonical_name, amount_yuan, finding_factor, optimism_factor, weighted_yuan
-- FROM mart.spot_check_list
-- WHERE fiscal_year = 2021 AND check_rank <= 20
-- ORDER BY check_rank
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- check_rank = { title = "抽查名次", title_en = "Rank by weighted amount in the year", warning = "只在同一年度内比较；并列者同名次。" }
-- amount_yuan = { title = "项目金额", title_en = "Budget, else spending", unit = "元" }
-- budget_yuan = { title = "预算金额", title_en = "Budget", unit = "元" }
-- spent_yuan = { title = "支出金额", title_en = "Spent", unit = "元" }
-- project_finding_count = { title = "项目问题数", title_en = "Open findings that name the project", unit = "个", warning = "待处理的阻断和警告。" }
-- department_finding_count = { title = "单位问题数", title_en = "All open findings of the submission", unit = "个", warning = "待处理的阻断和警告，含各项目的。" }
-- finding_rules = { title = "所涉规则", title_en = "Rules that name the project" }
-- finding_factor = { title = "问题系数", title_en = "1 + project findings + department findings / 10" }
-- score_rate = { title = "自评得分率", title_en = "Score of the form, else of the department, over 100", unit = "比例（1 即 100%）" }
-- score_basis = { title = "得分出处", title_en = "Whose score: project or department", allowed = ["project", "department"] }
-- reached_rate = { title = "指标完成率", title_en = "Mean completion of the numeric indicators, each at most 1", unit = "比例（1 即 100%）", warning = "只计指标值和完成值都是数的指标，每个最多计 100%；不超过某值的指标按指标值÷完成值。" }
-- supported_rate = { title = "佐证率", title_en = "The lesser of execution rate and mean completion", unit = "比例（1 即 100%）" }
-- optimism_rate = { title = "自评虚高", title_en = "Score beyond what execution and indicators support", unit = "比例（1 即 100%）" }
-- optimism_factor = { title = "自评系数", title_en = "1 + 10 × optimism" }
-- weighted_yuan = { title = "加权金额", title_en = "Amount × finding factor × optimism factor", unit = "元", warning = "排名用的数，不是真实金额。" }
-- department_weighted_yuan = { title = "单位加权金额", title_en = "Sum over the department's projects", unit = "元", warning = "在单位的每一行重复，不可相加。" }
-- department_rank = { title = "单位抽查名次", title_en = "Rank of the department in the year" }
WITH submission_findings AS (
    SELECT submission_key, count(*) AS finding_count
    FROM quality.finding
    WHERE state = 'open' AND level IN ('blocking', 'warning')
    GROUP BY submission_key
),
names AS (
    SELECT DISTINCT submission_key, project_key, reported_name
    FROM core.fact_project_spending
),
project_findings AS (
    SELECT
        names.submission_key,
        names.project_key,
        count(DISTINCT finding.finding_key) AS finding_count,
        list_sort(list(DISTINCT finding.rule_id)) AS rules
    FROM quality.finding AS finding
    JOIN names
        ON names.submission_key = finding.submission_key
        -- A subject is the project's name, or names it first: “…”的自评表, “…”的指标“…”, 项目“…”的完成时间.
        AND names.reported_name = coalesce(
            nullif(regexp_extract(finding.subject, '^(?:项目)?“(.*?)”的', 1), ''), finding.subject
        )
    WHERE finding.state = 'open' AND finding.level IN ('blocking', 'warning')
    GROUP BY names.submission_key, names.project_key
),
forms AS (
    SELECT submission_key, project_key, max(total_score) AS total_score
    FROM core.fact_form
    WHERE project_key IS NOT NULL
    GROUP BY submission_key, project_key
),
measured AS (
    SELECT
        submission_key,
        project_key,
        actual_value,
        target_value,
        -- Of a bare figure more is better, unless it is a cost.
        direction = '≤' OR (direction = '=' AND coalesce(kind.parent, indicator_kind) = 'cost') AS is_ceiling
    FROM core.fact_indicator
    LEFT JOIN core.dim_indicator_kind AS kind USING (indicator_kind)
    WHERE project_key IS NOT NULL
        AND actual_value IS NOT NULL
        AND target_value IS NOT NULL
        AND direction IN ('≥', '≤', '=')
),
reached AS (
    SELECT
        submission_key,
        project_key,
        -- The mean of whole millionths, rounded half away from zero.
        CAST(
            CAST(
                sign(sum(millionths)) * ((2 * abs(sum(millionths)) + count(*)) // (2 * count(*))) AS DECIMAL(24, 0)
            ) * CAST(0.000001 AS DECIMAL(7, 6))
            AS DECIMAL(18, 6)
        ) AS reached_rate
    FROM (
        SELECT
            submission_key,
            project_key,
            CASE
                WHEN is_ceiling AND actual_value > target_value THEN
                    CAST(coalesce(mart.exact_rate(target_value * 100, actual_value * 100), 0) * 1000000 AS BIGINT)
                WHEN NOT is_ceiling AND actual_value < target_value THEN
                    CAST(coalesce(mart.exact_rate(actual_value * 100, target_value * 100), 0) * 1000000 AS BIGINT)
                ELSE 1000000
            END AS millionths
        FROM measured
    )
    GROUP BY submission_key, project_key
),
evidence AS (
    SELECT
        spending.submission_key,
        spending.department_key,
        spending.fiscal_year,
        spending.project_key,
        spending.budget_yuan,
        spending.spent_yuan,
        greatest(coalesce(spending.budget_yuan, spending.spent_yuan), 0) AS amount_yuan,
        spending.execution_rate,
        reached.reached_rate,
        CASE WHEN coalesce(spending.execution_rate, reached.reached_rate) IS NOT NULL THEN
            least(spending.execution_rate, reached.reached_rate, 1)
        END AS supported_rate,
        CASE
            WHEN forms.total_score IS NOT NULL THEN 'project'
            WHEN fact.self_score IS NOT NULL THEN 'department'
        END AS score_basis,
        least(mart.exact_rate(coalesce(forms.total_score, fact.self_score), 100), 1) AS capped_score,
        coalesce(project_findings.finding_count, 0) AS project_finding_count,
        coalesce(submission_findings.finding_count, 0) AS department_finding_count,
        project_findings.rules AS finding_rules
    FROM core.fact_project_spending AS spending
    LEFT JOIN core.fact_department_budget AS fact USING (submission_key)
    LEFT JOIN forms USING (submission_key, project_key)
    LEFT JOIN reached USING (submission_key, project_key)
    LEFT JOIN project_findings USING (submission_key, project_key)
    LEFT JOIN submission_findings USING (submission_key)
    WHERE spending.is_primary
),
rated AS (
    SELECT
        *,
        CASE WHEN score_basis IS NOT NULL THEN CAST(capped_score AS DECIMAL(18, 6)) END AS score_rate,
        CASE WHEN score_basis IS NOT NULL AND supported_rate IS NOT NULL THEN
            CAST(greatest(capped_score - supported_rate, 0) AS DECIMAL(18, 6))
        END AS optimism_rate
    FROM evidence
),
factored AS (
    SELECT
        *,
        CAST(1 + project_finding_count + CAST(department_finding_count AS DECIMAL(9, 0)) * CAST(0.1 AS DECIMAL(2, 1))
            AS DECIMAL(9, 1)) AS finding_factor,
        CAST(1 + 10 * least(coalesce(optimism_rate, 0), 1) AS DECIMAL(8, 6)) AS optimism_factor
    FROM rated
),
weighted AS (
    SELECT
        *,
        CAST(amount_yuan * finding_factor * optimism_factor AS DECIMAL(38, 2)) AS weighted_yuan
    FROM factored
),
departments AS (
    SELECT
        *,
        dense_rank() OVER (PARTITION BY fiscal_year ORDER BY department_weighted_yuan DESC) AS department_rank
    FROM (
        SELECT submission_key, fiscal_year, sum(weighted_yuan) AS department_weighted_yuan
        FROM weighted
        GROUP BY submission_key, fiscal_year
    )
),
ranks AS (
    SELECT
        submission_key,
        project_key,
        rank() OVER (PARTITION BY fiscal_year ORDER BY weighted_yuan DESC) AS check_rank
    FROM weighted
)
SELECT
    weighted.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    weighted.fiscal_year,
    ranks.check_rank,
    weighted.project_key,
    project.canonical_name,
    weighted.amount_yuan,
    weighted.project_finding_count,
    weighted.department_finding_count,
    weighted.finding_rules,
    weighted.finding_factor,
    weighted.score_rate,
    weighted.score_basis,
    weighted.execution_rate,
    weighted.reached_rate,
    weighted.supported_rate,
    weighted.optimism_rate,
    weighted.optimism_factor,
    weighted.weighted_yuan,
    departments.department_weighted_yuan,
    departments.department_rank,
    weighted.budget_yuan,
    weighted.spent_yuan
FROM weighted
JOIN ranks USING (submission_key, project_key)
JOIN departments USING (submission_key)
JOIN core.dim_project AS project USING (project_key)
JOIN core.dim_department AS department USING (department_key)
