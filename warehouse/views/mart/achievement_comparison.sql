-- title = "成果数据对比"
-- title_en = "Achievements compared"
-- grain = "成果部分的每个数据一行"
-- warning = "指标名称和单位相同，口径也可能不同（统计范围、时段、是否累计）；带约数用语（qualifier）的不是确数。名次只按数值大小，大不等于好。"
-- sources = ["core.fact_achievement", "core.dim_submission", "core.dim_department"]
-- example = """
-- SELECT metric, base_unit, value_rank, short_name, normalized_value, department_count
-- FROM mart.achievement_comparison
-- WHERE fiscal_year = 2021 AND department_count >= 3
-- ORDER BY metric, base_unit, value_rank
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- normalized_value = { from = "core.fact_achievement.normalized_value", warning = "已折算为 base_unit，可以比较。" }
-- base_unit = { title = "折算单位", title_en = "Unit of the normalised value", warning = "去掉万、亿等数位的单位；写法不同的单位（如平方与平方米）不合并。" }
-- value_rank = { title = "数值名次", title_en = "Rank by value within metric, unit and year", warning = "从大到小，并列者同名次。" }
-- statement_count = { title = "同指标数据个数", title_en = "Statements of the metric and unit in the year", unit = "个" }
-- department_count = { title = "写明的单位数", title_en = "Departments that state the metric and unit in the year", unit = "个" }
-- own_statement_count = { title = "本单位数据个数", title_en = "Statements of the department itself", unit = "个", warning = "大于 1 时同一指标写了几次，名次中各占一位。" }
-- median_value = { title = "中位数", title_en = "Median within metric, unit and year", warning = "取中间的一个值，不插值。" }
-- prior_value = { title = "上年数值", title_en = "Value of the year before", warning = "同一单位同一指标上年的折算数值；上年写了几个不同的数时为空。" }
-- value_change = { title = "比上年增减", title_en = "Change on the year before" }
WITH measured AS (
    -- Whole numbers are compared and joined, words come last: "measure" stands for metric and unit. A submission is its
    -- department's only one of the year.
    SELECT *, hash(metric, base_unit) AS measure
    FROM (
        SELECT
            achievement_key,
            submission_key,
            fiscal_year,
            metric,
            normalized_value,
            -- 万 and 亿 always scale; 千 only where the value was scaled, since 千克 and 千米 are units of their own.
            CASE
                WHEN value <> normalized_value THEN nullif(ltrim(unit, '十百千仟万萬亿億'), '')
                ELSE nullif(ltrim(unit, '万萬亿億'), '')
            END AS base_unit
        FROM core.fact_achievement
    )
),
stated AS (
    SELECT
        submission_key,
        measure,
        any_value(fiscal_year) AS fiscal_year,
        count(*) AS own_statement_count,
        CASE WHEN min(normalized_value) = max(normalized_value) THEN min(normalized_value) END AS only_value
    FROM measured
    GROUP BY submission_key, measure
),
year_before AS (
    SELECT submission.submission_key, prior.submission_key AS prior_key
    FROM core.dim_submission AS submission
    JOIN core.dim_submission AS prior
        ON prior.department_id = submission.department_id AND prior.fiscal_year = submission.fiscal_year - 1
),
counted AS (
    SELECT
        measure,
        fiscal_year,
        CAST(sum(own_statement_count) AS BIGINT) AS statement_count,
        count(*) AS department_count
    FROM stated
    GROUP BY measure, fiscal_year
),
medians AS (
    SELECT measure, fiscal_year, quantile_disc(normalized_value, 0.5) AS median_value
    FROM measured
    GROUP BY measure, fiscal_year
),
-- As it stands, for the planner would join all years of a measure with each other first.
own AS MATERIALIZED (
    SELECT
        stated.submission_key,
        stated.measure,
        stated.own_statement_count,
        prior.only_value AS prior_value,
        counted.statement_count,
        counted.department_count,
        medians.median_value
    FROM stated
    JOIN counted USING (measure, fiscal_year)
    JOIN medians USING (measure, fiscal_year)
    LEFT JOIN year_before USING (submission_key)
    LEFT JOIN stated AS prior ON prior.submission_key = year_before.prior_key AND prior.measure = stated.measure
),
ranked AS (
    SELECT
        achievement_key,
        submission_key,
        measure,
        base_unit,
        CASE WHEN normalized_value IS NOT NULL THEN
            rank() OVER (PARTITION BY measure, fiscal_year ORDER BY normalized_value DESC NULLS LAST)
        END AS value_rank
    FROM measured
),
compared AS (
    SELECT ranked.achievement_key, ranked.base_unit, ranked.value_rank, own.*
    FROM ranked
    JOIN own USING (submission_key, measure)
)
SELECT
    achievement.achievement_key,
    achievement.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    achievement.fiscal_year,
    achievement.section,
    achievement.metric,
    achievement.value,
    achievement.unit,
    achievement.normalized_value,
    compared.base_unit,
    achievement.qualifier,
    compared.value_rank,
    compared.statement_count,
    compared.department_count,
    compared.own_statement_count,
    compared.median_value,
    compared.prior_value,
    achievement.normalized_value - compared.prior_value AS value_change,
    achievement.sentence
FROM core.fact_achievement AS achievement
JOIN compared USING (achievement_key)
JOIN core.dim_department AS department USING (department_key)
