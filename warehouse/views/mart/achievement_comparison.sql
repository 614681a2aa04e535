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
WITH units AS (
    SELECT
        *,
        -- 万 and 亿 always scale; 千 only where the value was scaled, since 千克 and 千米 are units of their own.
        nullif(ltrim(unit, CASE WHEN is_scaled THEN '十百千仟万萬亿億' ELSE '万萬亿億' END), '') AS base_unit,
        dense_rank() OVER (ORDER BY metric, base_unit) AS measure_number
    FROM (
        SELECT DISTINCT metric, unit, coalesce(value <> normalized_value, false) AS is_scaled
        FROM core.fact_achievement
    )
),
departments AS (
    SELECT *, dense_rank() OVER (ORDER BY department_id) AS department_number
    FROM core.dim_department
),
-- Numbers stand for the words by which statements are grouped and joined: a million of them have a hundred metrics.
measured AS (
    SELECT
        achievement.*,
        units.base_unit,
        units.measure_number,
        departments.department_id,
        departments.name AS department_name,
        departments.short_name,
        departments.department_number
    FROM core.fact_achievement AS achievement
    JOIN units
        ON units.metric = achievement.metric
        AND units.unit IS NOT DISTINCT FROM achievement.unit
        AND units.is_scaled = coalesce(achievement.value <> achievement.normalized_value, false)
    JOIN departments USING (department_key)
),
stated AS (
    SELECT
        department_number,
        measure_number,
        fiscal_year,
        count(*) AS own_statement_count,
        CASE WHEN min(normalized_value) = max(normalized_value) THEN min(normalized_value) END AS only_value
    FROM measured
    GROUP BY department_number, measure_number, fiscal_year
),
compared AS (
    SELECT
        measure_number,
        fiscal_year,
        count(*) AS statement_count,
        count(DISTINCT department_number) AS department_count,
        quantile_disc(normalized_value, 0.5) AS median_value
    FROM measured
    GROUP BY measure_number, fiscal_year
),
-- What several statements say alike is ranked once.
ranked AS (
    SELECT
        *,
        CASE WHEN normalized_value IS NOT NULL THEN
            CAST(1 + coalesce(sum(times) OVER greater, 0) AS BIGINT)
        END AS value_rank
    FROM (
        SELECT measure_number, fiscal_year, normalized_value, count(*) AS times
        FROM measured
        GROUP BY measure_number, fiscal_year, normalized_value
    )
    JOIN compared USING (measure_number, fiscal_year)
    WINDOW greater AS (
        PARTITION BY measure_number, fiscal_year
        ORDER BY normalized_value DESC NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
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
    ranked.value_rank,
    ranked.statement_count,
    ranked.department_count,
    own.own_statement_count,
    ranked.median_value,
    prior.only_value AS prior_value,
    measured.normalized_value - prior.only_value AS value_change,
    measured.sentence
FROM measured
JOIN ranked
    ON ranked.measure_number = measured.measure_number
    AND ranked.fiscal_year = measured.fiscal_year
    AND ranked.normalized_value IS NOT DISTINCT FROM measured.normalized_value
JOIN stated AS own
    ON own.department_number = measured.department_number
    AND own.measure_number = measured.measure_number
    AND own.fiscal_year = measured.fiscal_year
LEFT JOIN stated AS prior
    ON prior.department_number = measured.department_number
    AND prior.measure_number = measured.measure_number
    AND prior.fiscal_year = measured.fiscal_year - 1
