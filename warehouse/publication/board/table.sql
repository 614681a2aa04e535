-- The first rows of each group of a table, each with the number of rows in its group. Only what is shown is put in order.
-- The view is asked once for all groups; where there is but one, rather twice than that all its words are kept.
WITH listed AS {kept} (
    SELECT {rows} FROM {source} WHERE {where}
),
counted AS (
    SELECT {group} AS listed_group, count(*) AS total_rows FROM listed GROUP BY listed_group
)
{firsts}
