-- Where the words of a goal stand first, as transforms/star/places.py has it.
SELECT
    row_key AS goal_key,
    min(document_key) AS words_document_key,
    (min({'page': page, 'line': line}) FILTER (column_name = 'goal')).page AS words_page,
    (min({'page': page, 'line': line}) FILTER (column_name = 'goal')).line AS words_line
FROM base.core.provenance
WHERE table_name = 'fact_goal'
GROUP BY row_key
