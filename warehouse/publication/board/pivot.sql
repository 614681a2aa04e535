-- The cells of a table with a column a value of {column}, each with the place of its row by the measure, and the number
-- of rows.
WITH cells AS (
    SELECT {names}, {column}, sum({value}) AS shown_value
    FROM {source}
    WHERE {where}
    GROUP BY ALL
),
measured AS (
    SELECT *, {measure} OVER (PARTITION BY {names}) AS measure
    FROM cells
),
placed AS (
    SELECT *, dense_rank() OVER (ORDER BY measure {direction} NULLS LAST, {names}) AS place
    FROM measured
)
SELECT *, max(place) OVER () AS row_count
FROM placed
QUALIFY place <= {most}
ORDER BY place, {column}
