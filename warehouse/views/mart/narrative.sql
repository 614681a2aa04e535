-- title = "文字内容"
-- title_en = "Narrative, ready for text search"
-- grain = "问题、措施、目标、项目目标、完成情况、成果的每一条（成果为每一句）一行"
-- note = "按词查找用 FROM mart.search('垃圾 分类')：几个词以空格隔开，题目或内容须含全部的词；可加 department := '某街道'、year := 2021。库附加（ATTACH）为别名时先 USE 别名，或写 FROM 别名.mart.narrative WHERE 别名.mart.has_words('垃圾 分类', title, text)。"
-- warning = "同名项目在几张表里写得一样的只出现一次，写法略有不同的各成一行，数项目请用 count(DISTINCT title)；文字是报告原文，页只有分页的文件才有。"
-- sources = ["core.fact_problem", "core.fact_measure", "core.fact_goal", "core.fact_project_spending", "core.fact_achievement", "core.dim_submission", "core.dim_department", "core.dim_document", "core.provenance"]
-- example = """
-- SELECT short_name, fiscal_year, kind_name, title, text, file_name, line
-- FROM mart.narrative
-- WHERE contains(text, '垃圾') AND contains(text, '分类')
-- ORDER BY fiscal_year, short_name
-- """
-- [columns]
-- narrative_key = { title = "条目键", title_en = "Key of the row in its table" }
-- table_name = { title = "所在事实表", title_en = "Fact table, for jixiao trace" }
-- kind = { title = "种类代码", title_en = "Kind of entry", allowed = ["problem", "measure", "goal", "project_goal", "completion", "achievement"] }
-- kind_name = { title = "种类", title_en = "Kind in Chinese", allowed = ["问题", "措施", "目标", "项目目标", "完成情况", "成果"] }
-- department_name = { from = "core.dim_department.name" }
-- title = { title = "题目", title_en = "What it is about: problem, measure, aspect, project or section" }
-- text = { title = "内容", title_en = "The words of the report", warning = "问题和措施含题目与说明。" }
WITH entries AS (
    SELECT
        problem_key AS narrative_key, 'fact_problem' AS table_name, 'title' AS column_name, 'problem' AS kind,
        '问题' AS kind_name, submission_key, position, title, concat_ws('。', rtrim(title, '。'), nullif(detail, '')) AS text
    FROM core.fact_problem
    UNION ALL
    SELECT
        measure_key, 'fact_measure', 'title', 'measure', '措施',
        submission_key, position, title, concat_ws('。', rtrim(title, '。'), nullif(detail, ''))
    FROM core.fact_measure
    UNION ALL
    SELECT goal_key, 'fact_goal', 'goal', 'goal', '目标', submission_key, position, aspect, goal
    FROM core.fact_goal
    UNION ALL
    SELECT
        arg_min(project_spending_key, (NOT is_primary, table_number, row_number, project_spending_key)), 'fact_project_spending', 'goal',
        'project_goal', '项目目标', submission_key, NULL, reported_name, goal
    FROM core.fact_project_spending
    WHERE goal <> ''
    GROUP BY submission_key, reported_name, goal
    UNION ALL
    SELECT
        arg_min(project_spending_key, (NOT is_primary, table_number, row_number, project_spending_key)), 'fact_project_spending',
        'completion', 'completion', '完成情况', submission_key, NULL, reported_name, completion
    FROM core.fact_project_spending
    WHERE completion <> ''
    GROUP BY submission_key, reported_name, completion
    UNION ALL
    SELECT
        min(achievement_key), 'fact_achievement', 'value', 'achievement', '成果',
        submission_key, NULL, section, sentence
    FROM core.fact_achievement
    GROUP BY submission_key, section, sentence
),
placed AS (
    SELECT
        *,
        -- One place of the several that a text may have; a correlated query looks up only the entries asked for.
        (
            SELECT min({'document_key': document_key, 'page': page, 'line': line})
            FROM core.provenance AS provenance
            WHERE provenance.table_name = entries.table_name
                AND provenance.row_key = entries.narrative_key
                AND provenance.column_name = entries.column_name
        ) AS place
    FROM entries
    WHERE text <> ''
)
SELECT
    placed.narrative_key,
    placed.submission_key,
    submission.department_id,
    department.name AS department_name,
    department.short_name,
    submission.fiscal_year,
    placed.kind,
    placed.kind_name,
    placed.position,
    placed.title,
    placed.text,
    document.file_name,
    placed.place.page AS page,
    placed.place.line AS line,
    placed.place.document_key AS document_key,
    placed.table_name
FROM placed
JOIN core.dim_submission AS submission USING (submission_key)
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN core.dim_document AS document
    ON document.submission_key = placed.submission_key AND document.document_key = placed.place.document_key
