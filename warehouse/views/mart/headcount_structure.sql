-- title = "人员结构"
-- title_en = "Headcount structure"
-- grain = "每个单位每个年度现行的已采纳版本一行"
-- warning = "只有报告写明的人数，没有写的为空；各口径互相包含，不可相加。统计时点各单位不一定相同。"
-- sources = ["core.dim_submission", "core.dim_department", "core.fact_headcount", "core.fact_department_budget"]
-- example = """
-- SELECT short_name, total_people, non_established_share, post_use_rate
-- FROM mart.headcount_structure
-- WHERE fiscal_year = 2021
-- ORDER BY non_established_share DESC NULLS LAST
-- """
-- [columns]
-- department_name = { from = "core.dim_department.name" }
-- department_kind = { from = "core.dim_department.kind" }
-- total_people = { title = "总人数", title_en = "Total headcount", unit = "人", warning = "含在编与编外，不含离退休。" }
-- established_people = { title = "在编人数", title_en = "Established staff", unit = "人" }
-- administrative_people = { title = "行政编制人数", title_en = "Administrative staff", unit = "人", warning = "含在在编人数之内。" }
-- institution_people = { title = "事业编制人数", title_en = "Staff of institutions", unit = "人", warning = "含在在编人数之内。" }
-- non_established_people = { title = "编外人数", title_en = "Non-established staff", unit = "人" }
-- retired_people = { title = "离退休人数", title_en = "Retired people", unit = "人", warning = "不在总人数之内。" }
-- approved_posts = { title = "编制数", title_en = "Approved posts", unit = "个" }
-- vacant_posts = { title = "空编数", title_en = "Approved posts less established staff", unit = "个", warning = "超编时为负。" }
-- post_use_rate = { title = "编制使用率", title_en = "Established staff over approved posts", unit = "比例（1 即 100%）" }
-- established_share = { title = "在编占比", title_en = "Share of the total", unit = "比例（1 即 100%）" }
-- non_established_share = { title = "编外占比", title_en = "Share of the total", unit = "比例（1 即 100%）" }
-- administrative_share = { title = "行政编制占比", title_en = "Share of the established staff", unit = "比例（1 即 100%）", warning = "占在编人数。" }
-- institution_share = { title = "事业编制占比", title_en = "Share of the established staff", unit = "比例（1 即 100%）", warning = "占在编人数。" }
-- non_established_per_established = { title = "编外与在编之比", title_en = "Non-established for each established", unit = "人", warning = "每名在编人员对应的编外人数。" }
-- retired_per_established = { title = "离退休与在编之比", title_en = "Retired for each established", unit = "人", warning = "每名在编人员对应的离退休人数。" }
-- people_per_unit = { title = "单位平均人数", title_en = "Total headcount per budget unit as stated", unit = "人", warning = "总人数÷所报预算单位数。" }
-- people_per_office = { title = "机构平均人数", title_en = "Total headcount per internal office as stated", unit = "人", warning = "总人数÷所报内设机构数；总人数含下属单位，只宜粗略比较。" }
-- basic_per_head_yuan = { title = "人均基本支出", title_en = "Basic expenditure per head of total headcount", unit = "元", warning = "基本支出含公用经费和离退休，不是人均待遇。" }
-- prior_total_people = { title = "上年总人数", title_en = "Total headcount of the year before", unit = "人" }
-- total_change = { title = "总人数比上年增减", title_en = "Change of the total headcount", unit = "人" }
WITH counted AS (
    SELECT
        submission_key,
        max(people) FILTER (headcount_kind = 'total') AS total_people,
        max(people) FILTER (headcount_kind = 'established') AS established_people,
        max(people) FILTER (headcount_kind = 'administrative') AS administrative_people,
        max(people) FILTER (headcount_kind = 'institution') AS institution_people,
        max(people) FILTER (headcount_kind = 'non_established') AS non_established_people,
        max(people) FILTER (headcount_kind = 'retired') AS retired_people,
        max(people) FILTER (headcount_kind = 'approved_posts') AS approved_posts
    FROM core.fact_headcount
    GROUP BY submission_key
),
people AS (
    SELECT
        submission.submission_key,
        submission.department_id,
        department.name AS department_name,
        department.short_name,
        department.kind AS department_kind,
        submission.fiscal_year,
        counted.* EXCLUDE (submission_key),
        any_value(counted.total_people) OVER (
            PARTITION BY submission.department_id
            ORDER BY submission.fiscal_year RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING
        ) AS prior_total_people
    FROM core.dim_submission AS submission
    JOIN core.dim_department AS department USING (department_key)
    LEFT JOIN counted USING (submission_key)
)
SELECT
    people.*,
    people.total_people - people.prior_total_people AS total_change,
    people.approved_posts - people.established_people AS vacant_posts,
    mart.exact_rate(people.established_people, people.approved_posts) AS post_use_rate,
    mart.exact_rate(people.established_people, people.total_people) AS established_share,
    mart.exact_rate(people.non_established_people, people.total_people) AS non_established_share,
    mart.exact_rate(people.administrative_people, people.established_people) AS administrative_share,
    mart.exact_rate(people.institution_people, people.established_people) AS institution_share,
    mart.exact_mean(people.non_established_people, people.established_people) AS non_established_per_established,
    mart.exact_mean(people.retired_people, people.established_people) AS retired_per_established,
    mart.exact_mean(people.total_people, fact.stated_unit_count) AS people_per_unit,
    mart.exact_mean(people.total_people, fact.stated_office_count) AS people_per_office,
    mart.exact_mean(fact.basic_expenditure_yuan, people.total_people) AS basic_per_head_yuan
FROM people
LEFT JOIN core.fact_department_budget AS fact USING (submission_key)
