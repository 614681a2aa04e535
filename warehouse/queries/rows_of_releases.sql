-- How many rows of one table came, changed and went between two releases, by department and year. What stands in
-- braces is filled in for each table.
WITH earlier_row AS (
    SELECT {key}, md5({text}) AS content, {earlier_department} AS department_id, {earlier_year} AS fiscal_year
    FROM earlier.{table} AS r
),
later_row AS (
    SELECT {key}, md5({text}) AS content, {later_department} AS department_id, {later_year} AS fiscal_year
    FROM later.{table} AS r
)
SELECT
    '{table}' AS table_name,
    coalesce(l.department_id, e.department_id) AS department_id,
    CAST(coalesce(l.fiscal_year, e.fiscal_year) AS INTEGER) AS fiscal_year,
    count(*) FILTER (e.content IS NULL) AS added,
    count(*) FILTER (e.content <> l.content) AS changed,
    count(*) FILTER (l.content IS NULL) AS removed
FROM earlier_row AS e
FULL JOIN later_row AS l ON {same}
WHERE e.content IS DISTINCT FROM l.content
GROUP BY ALL
ORDER BY ALL
