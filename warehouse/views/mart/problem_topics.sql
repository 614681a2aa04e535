-- title = "问题分类"
-- title_en = "Problems by topic"
-- grain = "每个单位每个年度的每个问题类别一行，未归类的问题自成一行"
-- warning = "类别和措施与问题的对应都是系统推断的，仅供参考；报告写得多不等于问题多。"
-- sources = ["core.fact_problem", "core.fact_measure", "core.dim_department"]
-- example = """
-- SELECT category, count(*) AS departments, sum(problem_count) AS problems, sum(unanswered_count) AS unanswered
-- FROM mart.problem_topics
-- WHERE fiscal_year = 2021
-- GROUP BY category
-- ORDER BY problems DESC
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- category = { from = "core.fact_problem.category", warning = "系统按用语归类；没有归类的为空。" }
-- problem_count = { title = "问题数", title_en = "Problems", unit = "个" }
-- answered_count = { title = "有措施的问题数", title_en = "Problems that a measure seems to answer", unit = "个" }
-- unanswered_count = { title = "无措施的问题数", title_en = "Problems that no measure seems to answer", unit = "个" }
-- unanswered_titles = { title = "无措施的问题", title_en = "Their titles" }
-- measure_count = { title = "同类措施数", title_en = "Measures of the same category", unit = "个" }
-- examples = { title = "问题举例", title_en = "Titles of the first three problems" }
-- department_count = { title = "写明的单位数", title_en = "Departments that name the category in the year", unit = "个" }
-- year_problem_count = { title = "本年各单位问题数", title_en = "Problems of the category in the year, all departments", unit = "个", warning = "在各单位的行重复，不可相加。" }
-- earlier_years = { title = "以前写过的年度数", title_en = "Earlier years in which the department named the category", unit = "个" }
-- is_repeated = { title = "是否往年也有", title_en = "Whether the department named the category in an earlier year too" }
WITH answers AS (
    SELECT DISTINCT submission_key, unnest(answers_problem) AS position
    FROM core.fact_measure
),
measures AS (
    SELECT submission_key, category, count(*) AS measure_count
    FROM core.fact_measure
    GROUP BY submission_key, category
),
topics AS (
    SELECT
        problem.submission_key,
        problem.department_key,
        problem.fiscal_year,
        problem.category,
        count(*) AS problem_count,
        count(answers.position) AS answered_count,
        count(*) - count(answers.position) AS unanswered_count,
        -- Sorted as a whole: an order within the aggregate takes several times as long.
        list_sort(list({
            position: problem.position, key: problem.problem_key, title: problem.title,
            is_answered: answers.position IS NOT NULL
        })) AS problems
    FROM core.fact_problem AS problem
    LEFT JOIN answers USING (submission_key, position)
    GROUP BY problem.submission_key, problem.department_key, problem.fiscal_year, problem.category
)
SELECT
    topics.submission_key,
    department.department_id,
    department.name AS department_name,
    department.short_name,
    topics.fiscal_year,
    topics.category,
    topics.problem_count,
    topics.answered_count,
    topics.unanswered_count,
    nullif(
        list_transform(
            list_filter(topics.problems, lambda problem: NOT problem.is_answered), lambda problem: problem.title
        ),
        []
    ) AS unanswered_titles,
    coalesce(measures.measure_count, 0) AS measure_count,
    list_transform(topics.problems[1:3], lambda problem: problem.title) AS examples,
    count(*) OVER same_topic AS department_count,
    CAST(sum(topics.problem_count) OVER same_topic AS BIGINT) AS year_problem_count,
    CASE WHEN topics.category IS NOT NULL THEN count(*) OVER before ELSE 0 END AS earlier_years,
    topics.category IS NOT NULL AND count(*) OVER before > 0 AS is_repeated
FROM topics
JOIN core.dim_department AS department USING (department_key)
LEFT JOIN measures
    ON measures.submission_key = topics.submission_key
    AND measures.category IS NOT DISTINCT FROM topics.category
WINDOW
    same_topic AS (PARTITION BY topics.fiscal_year, topics.category),
    before AS (
        PARTITION BY department.department_id, topics.category
        ORDER BY topics.fiscal_year RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
