-- title = "文字内容"
-- title_en = "Narrative, ready for text search"
-- grain = "问题、措施、目标、项目目标、完成情况、成果的每一条（成果为每一句）一行"
-- note = "按词查找用 FROM mart.search('垃圾 分类')：几个词以空格隔开，题目或内容须含全部的词；可加 department := '某街道'、year := 2021。库附加（ATTACH）为别名时先 USE 别名，或写 FROM 别名.mart.narrative WHERE 别名.mart.has_words('垃圾 分类', title, text)。"
-- warning = "同名项目在几张表里写得一样的只出现一次，写法略有不同的各成一行，数项目请用 count(DISTINCT title)；文字是报告原文，页只有分页的文件才有。"
-- sources = ["core.fact_problem", "core.fact_measure", "core.fact_goal", "core.fact_project_spending", "core.fact_achievement", "core.dim_department", "core.dim_document", "core.provenance"]
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
WITH project_goals AS (
    SELECT
        arg_min(project_spending_key, (NOT is_primary, table_number, row_number, project_spending_key))
            AS project_spending_key,
        submission_key, department_key, fiscal_year, reported_name, goal
    FROM core.fact_project_spending
    WHERE goal <> ''
    GROUP BY submission_key, department_key, fiscal_year, reported_name, goal
),
completions AS (
    SELECT
        arg_min(project_spending_key, (NOT is_primary, table_number, row_number, project_spending_key))
            AS project_spending_key,
        submission_key, department_key, fiscal_year, reported_name, completion
    FROM core.fact_project_spending
    WHERE completion <> ''
    GROUP BY submission_key, department_key, fiscal_year, reported_name, completion
),
achievements AS (
    SELECT min(achievement_key) AS achievement_key, submission_key, department_key, fiscal_year, section, sentence
    FROM core.fact_achievement
    GROUP BY submission_key, department_key, fiscal_year, section, sentence
),
-- One place of the several that a text may have; correlated queries look up only the entries asked for.
placed AS (
    SELECT
        problem_key AS narrative_key, 'fact_problem' AS table_name, 'problem' AS kind, '问题' AS kind_name,
        submission_key, department_key, fiscal_year, position, title,
        concat_ws('。', rtrim(title, '。'), nullif(detail, '')) AS text,
        (
            SELECT min({'document_key': document_key, 'page': page, 'line': line})
            FROM core.provenance
            WHERE table_name = 'fact_problem' AND column_name = 'title' AND row_key = problem_key
        ) AS place
    FROM core.fact_problem
    UNION ALL
    SELECT
        measure_key, 'fact_measure', 'measure', '措施', submission_key, department_key, fiscal_year, position, title,
        concat_ws('。', rtrim(title, '。'), nullif(detail, '')),
        (
            SELECT min({'document_key': document_key, 'page': page, 'line': line})
            FROM core.provenance
            WHERE table_name = 'fact_measure' AND column_name = 'title' AND row_key = measure_key
        )
    FROM core.fact_measure
    UNION ALL
    SELECT
        goal_key, 'fact_goal', 'goal', '目标', submission_key, department_key, fiscal_year, position, aspect, goal,
        (
            SELECT min({'document_key': document_key, 'page': page, 'line': line})
            FROM core.provenance
            WHERE table_name = 'fact_goal' AND column_name = 'goal' AND row_key = goal_key
        )
    FROM core.fact_goal
    UNION ALL
    SELECT
        project_spending_key, 'fact_project_spending', 'project_goal', '项目目标',
        submission_key, department_key, fiscal_year, NULL, reported_name, goal,
        (
            SELECT min({'document_key': document_key, 'page': page, 'line': line})
            FROM core.provenance
            WHERE table_name = 'fact_project_spending' AND column_name = 'goal' AND row_key = project_spending_key
        )
    FROM project_goals
    UNION ALL
    SELECT
        project_spending_key, 'fact_project_spending', 'completion', '完成情况',
        submission_key, department_key, fiscal_year, NULL, reported_name, completion,
        (
            SELECT min({'document_key': document_key, 'page': page, 'line': line})
            FROM core.provenance
            WHERE table_name = 'fact_project_spending' AND column_name = 'completion' AND row_key = project_spending_key
        )
    FROM completions
    UNION ALL
    SELECT
        achievement_key, 'fact_achievement', 'achievement', '成果',
        submission_key, department_key, fiscal_year, NULL, section, sentence,
        (
            SELECT min({'document_key': document_key, 'page': page, 'line': line})
            FROM core.provenance
            WHERE table_name = 'fact_achievement' AND column_name = 'value' AND row_key = achievement_key
        )
    FROM achievements
)
SELECT
    placed.narrative_key,
    placed.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    placed.fiscal_year,
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
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN core.dim_document AS document
    ON document.submission_key = placed.submission_key AND document.document_key = placed.place.document_key
WHERE placed.text <> ''
