-- title = "成果数据对比"
-- title_en = "Achievements compared"
-- grain = "成果部分的每个数据一行"
-- warning = "指标名称和单位相同，口径也可能不同（统计范围、时段、是否累计）；带约数用语（qualifier）的不是确数。名次只按数值大小，大不等于好。"
-- sources = ["core.fact_achievement", "core.dim_department"]
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
    SELECT
        achievement.*,
        department.department_id,
        department.name AS department_name,
        department.short_name,
        -- 万 and 亿 always scale; 千 only where the value was scaled, since 千克 and 千米 are units of their own.
        CASE
            WHEN achievement.value <> achievement.normalized_value
                THEN nullif(ltrim(achievement.unit, '十百千仟万萬亿億'), '')
            ELSE nullif(ltrim(achievement.unit, '万萬亿億'), '')
        END AS base_unit
    FROM core.fact_achievement AS achievement
    JOIN core.dim_department AS department USING (department_key)
),
stated AS (
    SELECT
        department_id,
        metric,
        base_unit,
        fiscal_year,
        count(*) AS own_statement_count,
        CASE WHEN min(normalized_value) = max(normalized_value) THEN min(normalized_value) END AS only_value
    FROM measured
    GROUP BY department_id, metric, base_unit, fiscal_year
),
compared AS (
    SELECT
        metric,
        base_unit,
        fiscal_year,
        count(*) AS statement_count,
        count(DISTINCT department_id) AS department_count,
        quantile_disc(normalized_value, 0.5) AS median_value
    FROM measured
    GROUP BY metric, base_unit, fiscal_year
)
SELECT
    measured.achievement_key,
    measured.submission_key,
    measured.department_id,
    measured.department_name,
    measured.short_name,
    measured.fiscal_year,
    measured.section,
    measured.metric,
    measured.value,
    measured.unit,
    measured.normalized_value,
    measured.base_unit,
    measured.qualifier,
    CASE WHEN measured.normalized_value IS NOT NULL THEN
        rank() OVER (
            PARTITION BY measured.metric, measured.base_unit, measured.fiscal_year
            ORDER BY measured.normalized_value DESC NULLS LAST
        )
    END AS value_rank,
    compared.statement_count,
    compared.department_count,
    own.own_statement_count,
    compared.median_value,
    prior.only_value AS prior_value,
    measured.normalized_value - prior.only_value AS value_change,
    measured.sentence
FROM measured
JOIN compared
    ON compared.metric = measured.metric
    AND compared.base_unit IS NOT DISTINCT FROM measured.base_unit
    AND compared.fiscal_year = measured.fiscal_year
JOIN stated AS own
    ON own.department_id = measured.department_id
    AND own.metric = measured.metric
    AND own.base_unit IS NOT DISTINCT FROM measured.base_unit
    AND own.fiscal_year = measured.fiscal_year
LEFT JOIN stated AS prior
    ON prior.department_id = measured.department_id
    AND prior.metric = measured.metric
    AND prior.base_unit IS NOT DISTINCT FROM measured.base_unit
    AND prior.fiscal_year = measured.fiscal_year - 1
