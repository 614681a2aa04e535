-- The cells of a table of years, each with the place of its row, largest or smallest first, and the number of rows.
WITH cells AS (
    SELECT {names}, fiscal_year, sum({value}) AS shown_value
    FROM {source}
    WHERE {where}
    GROUP BY ALL
),
measured AS (
    SELECT *, max(shown_value) OVER (PARTITION BY {names}) AS largest
    FROM cells
),
placed AS (
    SELECT *, dense_rank() OVER (ORDER BY largest {direction} NULLS LAST, {names}) AS place
    FROM measured
)
SELECT *, max(place) OVER () AS row_count
FROM placed
QUALIFY place <= {most}
ORDER BY place, fiscal_year
