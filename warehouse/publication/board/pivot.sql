-- The cells of a table with a column a value of {column}, each with the place of its row by the measure, and the number
-- of rows. Only the rows that are shown are put in order.
WITH cells AS MATERIALIZED (
    SELECT {names}, {column}, sum({value}) AS shown_value
    FROM {source}
    WHERE {where}
    GROUP BY ALL
),
measured AS MATERIALIZED (
    SELECT {names}, {measure} AS measure
    FROM cells
    GROUP BY {names}
),
first AS (
    FROM measured
    ORDER BY measure {direction} NULLS LAST, {names}
    LIMIT {most}
),
placed AS (
    SELECT *, row_number() OVER (ORDER BY measure {direction} NULLS LAST, {names}) AS place
    FROM first
)
SELECT cells.*, placed.place, (SELECT count(*) FROM measured) AS row_count
FROM cells
JOIN placed ON {same}
ORDER BY place, {column}
