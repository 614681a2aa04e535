-- Where the words of a measure stand first, as transforms/star/places.py has it.
SELECT
    row_key AS measure_key,
    min(document_key) AS words_document_key,
    (min({'page': page, 'line': line}) FILTER (column_name = 'title')).page AS words_page,
    (min({'page': page, 'line': line}) FILTER (column_name = 'title')).line AS words_line
FROM base.core.provenance
WHERE table_name = 'fact_measure'
GROUP BY row_key
