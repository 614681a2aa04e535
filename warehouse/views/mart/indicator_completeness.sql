-- title = "绩效指标完整性"
-- title_en = "Completeness of indicators"
-- grain = "每份自评表一行"
-- warning = "没有报送自评表的单位不在其中；指标类别由系统按所写的一、二级指标归类，六类不全不一定是错误。"
-- sources = ["core.fact_form", "core.fact_indicator", "core.dim_department", "core.dim_project", "core.dim_indicator_kind"]
-- example = """
-- SELECT short_name, canonical_name, indicator_count, missing_kinds, qualitative_share, weight_total
-- FROM mart.indicator_completeness
-- WHERE fiscal_year = 2021 AND (missing_kinds IS NOT NULL OR NOT is_weight_hundred)
-- ORDER BY short_name, canonical_name
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- canonical_name = { from = "core.dim_project.canonical_name", warning = "部门整体支出自评表为空。" }
-- level_1_count = { title = "一级指标数", title_en = "Distinct first levels", unit = "个" }
-- level_2_count = { title = "二级指标数", title_en = "Distinct second levels", unit = "个" }
-- indicator_count = { title = "指标数", title_en = "Indicators", unit = "个" }
-- quantity_count = { title = "数量指标数", title_en = "Quantity indicators", unit = "个" }
-- quality_count = { title = "质量指标数", title_en = "Quality indicators", unit = "个" }
-- timeliness_count = { title = "时效指标数", title_en = "Timeliness indicators", unit = "个" }
-- cost_count = { title = "成本指标数", title_en = "Cost indicators", unit = "个" }
-- benefit_count = { title = "效益指标数", title_en = "Benefit indicators, sustainability included", unit = "个" }
-- satisfaction_count = { title = "满意度指标数", title_en = "Satisfaction indicators", unit = "个" }
-- other_count = { title = "其他指标数", title_en = "Management indicators and outputs of no closer kind", unit = "个" }
-- unclassified_count = { title = "未归类指标数", title_en = "Indicators of no known kind", unit = "个" }
-- missing_kinds = { title = "缺少的类别", title_en = "Which of the six kinds are missing", warning = "数量、质量、时效、成本、效益、满意度之中没有的；齐全为空。" }
-- qualitative_count = { title = "定性指标数", title_en = "Qualitative indicators", unit = "个" }
-- qualitative_share = { title = "定性指标占比", title_en = "Share of qualitative indicators", unit = "比例（1 即 100%）" }
-- target_share = { title = "有指标值占比", title_en = "Share with a target", unit = "比例（1 即 100%）" }
-- actual_share = { title = "有完成值占比", title_en = "Share with an actual value", unit = "比例（1 即 100%）" }
-- score_share = { title = "有得分占比", title_en = "Share with a score", unit = "比例（1 即 100%）" }
-- weight_total = { title = "分值合计", title_en = "Sum of weights, execution included", unit = "分", warning = "含预算执行率；几个指标合用的单元格只计一次。" }
-- is_weight_hundred = { title = "分值是否合计一百", title_en = "Whether the weights sum to 100", warning = "分值带小数时容许进位误差；没有写预算执行率权重的表，合计 90 或 80 属正常。" }
-- score_total = { title = "得分合计", title_en = "Sum of scores, execution included", unit = "分", warning = "应与 total_score 相等。" }
-- missed_count = { title = "未完成指标数", title_en = "Indicators below target or full marks", unit = "个", warning = "得分低于分值，或数值未达到指标值。" }
-- explained_count = { title = "写明原因的未完成数", title_en = "Missed ones with a reason", unit = "个" }
-- explained_share = { title = "未完成原因填写率", title_en = "Share of missed ones with a reason", unit = "比例（1 即 100%）", warning = "没有未完成的指标时为空。" }
-- reasons = { title = "未完成原因", title_en = "Reasons given for missed ones" }
WITH indicators AS (
    SELECT
        indicator.*,
        coalesce(kind.parent, indicator.indicator_kind) AS family,
        coalesce(indicator.score < indicator.weight, false)
        OR coalesce(
            CASE
                WHEN indicator.direction = '≤' OR (indicator.direction = '=' AND family = 'cost')
                    THEN indicator.actual_value > indicator.target_value
                WHEN indicator.direction IN ('≥', '=') THEN indicator.actual_value < indicator.target_value
            END,
            false
        ) AS is_missed
    FROM core.fact_indicator AS indicator
    LEFT JOIN core.dim_indicator_kind AS kind USING (indicator_kind)
),
counted AS (
    SELECT
        form_key,
        count(DISTINCT level_1) AS level_1_count,
        count(DISTINCT level_2) AS level_2_count,
        count(*) AS indicator_count,
        count(*) FILTER (indicator_kind = 'quantity') AS quantity_count,
        count(*) FILTER (indicator_kind = 'quality') AS quality_count,
        count(*) FILTER (indicator_kind = 'timeliness') AS timeliness_count,
        count(*) FILTER (family = 'cost') AS cost_count,
        count(*) FILTER (family = 'benefit') AS benefit_count,
        count(*) FILTER (family = 'satisfaction') AS satisfaction_count,
        count(*) FILTER (indicator_kind IN ('output', 'management')) AS other_count,
        count(*) FILTER (indicator_kind IS NULL) AS unclassified_count,
        count(*) FILTER (direction = 'qualitative') AS qualitative_count,
        count(target_text) AS target_count,
        count(actual_text) AS actual_count,
        count(score) AS score_count,
        CAST(sum(weight) FILTER (has_own_weight) AS DECIMAL(18, 4)) AS weight_sum,
        count(*) FILTER (has_own_weight AND weight <> floor(weight)) AS rounded_count,
        CAST(sum(score) FILTER (has_own_score) AS DECIMAL(18, 4)) AS score_sum,
        count(*) FILTER (is_missed) AS missed_count,
        count(reason) FILTER (is_missed) AS explained_count,
        list_sort(list_distinct(list(reason) FILTER (is_missed AND reason IS NOT NULL))) AS reasons
    FROM indicators
    GROUP BY form_key
),
forms AS (
    SELECT
        form.*,
        counted.* EXCLUDE (form_key),
        counted.weight_sum + coalesce(form.execution_weight, 0) AS weight_total,
        counted.score_sum + coalesce(form.execution_score, 0) AS score_total
    FROM core.fact_form AS form
    LEFT JOIN counted USING (form_key)
)
SELECT
    forms.form_key,
    forms.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    forms.fiscal_year,
    forms.kind,
    forms.project_key,
    project.canonical_name,
    forms.total_score,
    forms.grade,
    coalesce(forms.indicator_count, 0) AS indicator_count,
    coalesce(forms.level_1_count, 0) AS level_1_count,
    coalesce(forms.level_2_count, 0) AS level_2_count,
    coalesce(forms.quantity_count, 0) AS quantity_count,
    coalesce(forms.quality_count, 0) AS quality_count,
    coalesce(forms.timeliness_count, 0) AS timeliness_count,
    coalesce(forms.cost_count, 0) AS cost_count,
    coalesce(forms.benefit_count, 0) AS benefit_count,
    coalesce(forms.satisfaction_count, 0) AS satisfaction_count,
    coalesce(forms.other_count, 0) AS other_count,
    coalesce(forms.unclassified_count, 0) AS unclassified_count,
    nullif(
        list_filter(
            [
                CASE WHEN coalesce(forms.quantity_count, 0) = 0 THEN '数量' END,
                CASE WHEN coalesce(forms.quality_count, 0) = 0 THEN '质量' END,
                CASE WHEN coalesce(forms.timeliness_count, 0) = 0 THEN '时效' END,
                CASE WHEN coalesce(forms.cost_count, 0) = 0 THEN '成本' END,
                CASE WHEN coalesce(forms.benefit_count, 0) = 0 THEN '效益' END,
                CASE WHEN coalesce(forms.satisfaction_count, 0) = 0 THEN '满意度' END
            ],
            lambda kind: kind IS NOT NULL
        ),
        []
    ) AS missing_kinds,
    coalesce(forms.qualitative_count, 0) AS qualitative_count,
    mart.exact_rate(forms.qualitative_count, forms.indicator_count) AS qualitative_share,
    mart.exact_rate(forms.target_count, forms.indicator_count) AS target_share,
    mart.exact_rate(forms.actual_count, forms.indicator_count) AS actual_share,
    mart.exact_rate(forms.score_count, forms.indicator_count) AS score_share,
    forms.execution_weight,
    forms.execution_score,
    forms.weight_total,
    abs(forms.weight_total - 100) <= CAST(0.05 AS DECIMAL(3, 2)) * forms.rounded_count AS is_weight_hundred,
    forms.score_total,
    coalesce(forms.missed_count, 0) AS missed_count,
    coalesce(forms.explained_count, 0) AS explained_count,
    mart.exact_rate(forms.explained_count, forms.missed_count) AS explained_share,
    forms.reasons
FROM forms
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN core.dim_project AS project USING (project_key)
