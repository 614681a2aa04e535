-- title = "报送情况一览"
-- title_en = "Submission board"
-- grain = "每个应报单位每个年度一行"
-- warning = "状态、版本和待处理问题说的是最新版本；已公布的是 current_version，两者可能不同。"
-- sources = ["quality.roster", "quality.submission_version", "quality.finding", "core.dim_department"]
-- example = """
-- SELECT short_name, condition, status, open_blocking_count
-- FROM mart.submission_board
-- WHERE fiscal_year = 2021 AND condition <> 'submitted'
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- department_kind = { from = "core.dim_department.kind" }
-- submission_key = { title = "最新版本键", title_en = "Newest version" }
-- version = { title = "最新版本号", title_en = "Number of the newest version" }
-- status = { title = "最新版本的状态", title_en = "Status of the newest version" }
-- reason = { title = "最新版本的状态原因", title_en = "Reason of that status" }
-- received_at = { title = "最新版本的收件时间", title_en = "Newest version received at (UTC)" }
-- current_version = { title = "已公布的版本号", title_en = "Number of the version in force" }
-- version_count = { title = "收到的版本数", title_en = "Versions received", unit = "个" }
-- first_received_at = { title = "首次收件时间", title_en = "First received at (UTC)" }
-- days_late = { title = "迟报天数", title_en = "Days late", unit = "天", warning = "按首次收件的北京日期与应报日期计算；未收到或未定应报日期时为空。" }
-- open_blocking_count = { title = "待处理的阻断问题数", title_en = "Open blocking findings", unit = "个" }
-- open_warning_count = { title = "待处理的警告问题数", title_en = "Open warnings", unit = "个" }
-- open_information_count = { title = "待处理的提示问题数", title_en = "Open information findings", unit = "个" }
WITH names AS (
    SELECT roster.department_id, roster.fiscal_year, department.name, department.short_name, department.kind
    FROM quality.roster AS roster
    JOIN core.dim_department AS department
        ON department.department_id = roster.department_id
        AND coalesce(department.valid_from <= make_date(roster.fiscal_year, 12, 31), true)
        AND coalesce(department.valid_to >= make_date(roster.fiscal_year, 12, 31), true)
    QUALIFY row_number() OVER (
        PARTITION BY roster.department_id, roster.fiscal_year ORDER BY department.valid_from DESC NULLS LAST
    ) = 1
),
newest AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY department_id, fiscal_year) AS version_count,
        min(received_at) OVER (PARTITION BY department_id, fiscal_year) AS first_received_at
    FROM quality.submission_version
    QUALIFY row_number() OVER (
        PARTITION BY department_id, fiscal_year ORDER BY version DESC, submission_key
    ) = 1
),
open_findings AS (
    SELECT
        submission_key,
        count(*) FILTER (level = 'blocking') AS blocking,
        count(*) FILTER (level = 'warning') AS warning,
        count(*) FILTER (level = 'information') AS information
    FROM quality.finding
    WHERE state = 'open'
        AND submission_key NOT IN (SELECT submission_key FROM quality.submission_version WHERE status = 'withdrawn')
    GROUP BY submission_key
)
SELECT
    roster.department_id,
    names.name AS department_name,
    names.short_name,
    names.kind AS department_kind,
    roster.fiscal_year,
    roster.condition,
    roster.due_on,
    newest.submission_key,
    newest.version,
    newest.status,
    newest.reason,
    newest.received_at,
    roster.current_submission_key,
    in_force.version AS current_version,
    coalesce(newest.version_count, 0) AS version_count,
    newest.first_received_at,
    -- Beijing's date without a time zone table, so that any client can run the view: UTC plus eight hours.
    -- The condition keeps NULL, which greatest() would pass over.
    CASE WHEN roster.condition <> 'missing' AND roster.due_on IS NOT NULL AND newest.first_received_at IS NOT NULL THEN
        greatest(
            CAST(make_timestamp(epoch_us(newest.first_received_at) + 28800000000) AS DATE) - roster.due_on, 0
        )
    END AS days_late,
    coalesce(open_findings.blocking, 0) AS open_blocking_count,
    coalesce(open_findings.warning, 0) AS open_warning_count,
    coalesce(open_findings.information, 0) AS open_information_count
FROM quality.roster AS roster
LEFT JOIN names USING (department_id, fiscal_year)
LEFT JOIN newest USING (department_id, fiscal_year)
LEFT JOIN open_findings ON open_findings.submission_key = newest.submission_key
LEFT JOIN quality.submission_version AS in_force ON in_force.submission_key = roster.current_submission_key
