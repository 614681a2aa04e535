-- title = "文字内容"
-- title_en = "Narrative, ready for text search"
-- grain = "问题、措施、目标、项目目标、完成情况、成果的每一条（成果为每一句）一行"
-- note = "按词查找用 FROM mart.search('垃圾 分类')：几个词以空格隔开，题目或内容须含全部的词；可加 department := '某街道'、year := 2021。库附加（ATTACH）为别名时先 USE 别名，或写 FROM 别名.mart.narrative WHERE 别名.mart.has_words('垃圾 分类', title, text)。"
-- warning = "同名项目在几张表里写得一样的只出现一次，写法略有不同的各成一行，数项目请用 count(DISTINCT title)；文字是报告原文，页只有分页的文件才有。"
-- sources = ["core.fact_problem", "core.fact_measure", "core.fact_goal", "core.fact_project_spending", "core.fact_achievement", "core.dim_department", "core.dim_document"]
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
-- page = { from = "core.provenance.page" }
-- line = { from = "core.provenance.line" }
-- title = { title = "题目", title_en = "What it is about: problem, measure, aspect, project or section" }
-- text = { title = "内容", title_en = "The words of the report", warning = "问题和措施含题目与说明。" }
WITH entries AS (
    SELECT
        problem_key AS narrative_key, 'fact_problem' AS table_name, 'problem' AS kind, '问题' AS kind_name,
        submission_key, department_key, fiscal_year, position, title,
        concat_ws('。', rtrim(title, '。'), nullif(detail, '')) AS text,
        words_document_key AS document_key, words_page AS page, words_line AS line
    FROM core.fact_problem
    UNION ALL
    SELECT
        measure_key, 'fact_measure', 'measure', '措施', submission_key, department_key, fiscal_year, position, title,
        concat_ws('。', rtrim(title, '。'), nullif(detail, '')), words_document_key, words_page, words_line
    FROM core.fact_measure
    UNION ALL
    SELECT
        goal_key, 'fact_goal', 'goal', '目标', submission_key, department_key, fiscal_year, position, aspect, goal,
        words_document_key, words_page, words_line
    FROM core.fact_goal
    UNION ALL
    SELECT
        project_spending_key, 'fact_project_spending', 'project_goal', '项目目标',
        submission_key, department_key, fiscal_year, NULL, reported_name, goal, words_document_key, goal_page, goal_line
    FROM core.fact_project_spending
    WHERE has_own_goal
    UNION ALL
    SELECT
        project_spending_key, 'fact_project_spending', 'completion', '完成情况',
        submission_key, department_key, fiscal_year, NULL, reported_name, completion,
        words_document_key, completion_page, completion_line
    FROM core.fact_project_spending
    WHERE has_own_completion
    UNION ALL
    SELECT
        achievement_key, 'fact_achievement', 'achievement', '成果',
        submission_key, department_key, fiscal_year, NULL, section, sentence, words_document_key, words_page, words_line
    FROM core.fact_achievement
    WHERE has_own_sentence
)
SELECT
    entries.narrative_key,
    entries.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    entries.fiscal_year,
    entries.kind,
    entries.kind_name,
    entries.position,
    entries.title,
    entries.text,
    document.file_name,
    entries.page,
    entries.line,
    entries.document_key,
    entries.table_name
FROM entries
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN core.dim_document AS document
    ON document.submission_key = entries.submission_key AND document.document_key = entries.document_key
WHERE entries.text <> ''
