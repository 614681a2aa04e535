-- Which of the indicators in one cell has its weight or score for its own, as transforms/star/places.py has it.
WITH cells AS (
    SELECT
        row_key AS indicator_key,
        column_name,
        row_key > min(row_key) OVER (
            PARTITION BY
                column_name, submission_key, document_key, page, line, table_number, row_number, column_number
        ) AS is_further
    FROM base.core.provenance
    WHERE table_name = 'fact_indicator' AND column_name IN ('weight', 'score') AND column_number IS NOT NULL
),
further AS (SELECT DISTINCT indicator_key, column_name FROM cells WHERE is_further)
SELECT
    indicator_key,
    indicator_key NOT IN (SELECT indicator_key FROM further WHERE column_name = 'weight') AS has_own_weight,
    indicator_key NOT IN (SELECT indicator_key FROM further WHERE column_name = 'score') AS has_own_score
FROM base.core.fact_indicator
