-- The first rows of each group of a table, each with the number of rows in its group. The view is asked once, and only
-- what is shown is put in order.
WITH listed AS MATERIALIZED (
    SELECT {rows} FROM {source} WHERE {where}
),
counted AS (
    SELECT {group} AS listed_group, count(*) AS total_rows FROM listed GROUP BY listed_group
)
{firsts}
