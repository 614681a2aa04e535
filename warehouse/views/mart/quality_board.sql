-- title = "审核质量一览"
-- title_en = "Quality board"
-- grain = "每条规则对每个单位每个年度最新评判版本一行"
-- warning = "评判的是最新版本，不一定是已公布的版本；单位或年度不明的报送各自成行。触发率与搁置率按规则合计各单位各年度，在该规则的每一行重复，不可相加。"
-- sources = ["quality.evaluation", "quality.rule", "quality.submission_version", "quality.finding", "core.dim_department"]
-- example = """
-- SELECT rule_id, rule_title, count(*) AS departments
-- FROM mart.quality_board
-- WHERE fiscal_year = 2021 AND outcome = 'fail'
-- GROUP BY ALL
-- ORDER BY departments DESC
-- """
-- [columns]
-- rule_title = { from = "quality.rule.title" }
-- short_name = { from = "core.dim_department.short_name", title = "单位简称（现行）", title_en = "Short name today" }
-- finding_count = { title = "问题数", title_en = "Findings", unit = "个" }
-- open_count = { title = "待处理的问题数", title_en = "Open findings", unit = "个" }
-- explained_count = { title = "已说明的问题数", title_en = "Explained findings", unit = "个" }
-- waived_count = { title = "已豁免的问题数", title_en = "Waived findings", unit = "个" }
-- blocking_finding_count = { title = "阻断问题数", title_en = "Blocking findings", unit = "个" }
-- warning_finding_count = { title = "警告问题数", title_en = "Warnings", unit = "个" }
-- information_finding_count = { title = "提示问题数", title_en = "Information findings", unit = "个" }
-- earlier_failed_years = { title = "以前不通过的年度数", title_en = "Earlier years in which the rule failed", unit = "个" }
-- rule_fire_rate = { title = "规则触发率（不通过 ÷ 作出判断的报送）", title_en = "Share of judged submissions on which the rule fired", unit = "比例（1 即 100%）" }
-- rule_override_rate = { title = "规则搁置率（已说明或豁免的问题 ÷ 全部问题）", title_en = "Share of the rule's findings that were explained or waived", unit = "比例（1 即 100%）" }
-- is_repeated = { title = "是否屡次不通过", title_en = "Whether it failed in an earlier year too" }
WITH newest AS (
    SELECT *
    FROM quality.submission_version
    WHERE status <> 'withdrawn' AND submission_key IN (SELECT submission_key FROM quality.evaluation)
    QUALIFY row_number() OVER (
        PARTITION BY
            department_id,
            fiscal_year,
            CASE WHEN department_id IS NULL OR fiscal_year IS NULL THEN submission_key END
        ORDER BY version DESC, submission_key
    ) = 1
),
names AS (
    SELECT department_id, arg_max(short_name, coalesce(valid_to, DATE '9999-12-31')) AS short_name
    FROM core.dim_department
    GROUP BY department_id
),
findings AS (
    SELECT
        rule_id,
        submission_key,
        count(*) AS finding_count,
        count(*) FILTER (state = 'open') AS open_count,
        count(*) FILTER (state = 'explained') AS explained_count,
        count(*) FILTER (state = 'waived') AS waived_count,
        count(*) FILTER (level = 'blocking') AS blocking,
        count(*) FILTER (level = 'warning') AS warning,
        count(*) FILTER (level = 'information') AS information
    FROM quality.finding
    GROUP BY rule_id, submission_key
),
failed AS (
    SELECT evaluation.rule_id, newest.department_id, list(newest.fiscal_year) AS fiscal_years
    FROM quality.evaluation AS evaluation
    JOIN newest USING (submission_key)
    WHERE evaluation.outcome = 'fail'
    GROUP BY evaluation.rule_id, newest.department_id
),
board AS (
    SELECT
        evaluation.rule_id,
        rule.title AS rule_title,
        rule.level,
        rule.stage,
        newest.department_id,
        names.short_name,
        newest.fiscal_year,
        newest.submission_key,
        newest.version,
        newest.status,
        evaluation.outcome,
        evaluation.reason,
        coalesce(findings.finding_count, 0) AS finding_count,
        coalesce(findings.open_count, 0) AS open_count,
        coalesce(findings.explained_count, 0) AS explained_count,
        coalesce(findings.waived_count, 0) AS waived_count,
        coalesce(findings.blocking, 0) AS blocking_finding_count,
        coalesce(findings.warning, 0) AS warning_finding_count,
        coalesce(findings.information, 0) AS information_finding_count,
        coalesce(len(list_filter(failed.fiscal_years, lambda year: year < newest.fiscal_year)), 0)
            AS earlier_failed_years
    FROM quality.evaluation AS evaluation
    JOIN newest USING (submission_key)
    JOIN quality.rule AS rule USING (rule_id)
    LEFT JOIN findings USING (rule_id, submission_key)
    LEFT JOIN names ON names.department_id = newest.department_id
    LEFT JOIN failed ON failed.rule_id = evaluation.rule_id AND failed.department_id = newest.department_id
),
fired AS (
    SELECT
        rule_id,
        mart.exact_rate(
            count(*) FILTER (outcome = 'fail'), count(*) FILTER (outcome <> 'not_applicable')
        ) AS rule_fire_rate
    FROM quality.evaluation
    SEMI JOIN newest USING (submission_key)
    GROUP BY rule_id
),
overridden AS (
    SELECT rule_id, mart.exact_rate(sum(explained_count + waived_count), sum(finding_count)) AS rule_override_rate
    FROM findings
    SEMI JOIN newest USING (submission_key)
    SEMI JOIN quality.evaluation USING (rule_id, submission_key)
    GROUP BY rule_id
)
SELECT
    board.*,
    fired.rule_fire_rate,
    overridden.rule_override_rate,
    board.outcome = 'fail' AND board.earlier_failed_years > 0 AS is_repeated
FROM board
JOIN fired USING (rule_id)
LEFT JOIN overridden USING (rule_id)
