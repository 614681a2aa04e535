-- Where a figure stands first (transforms/star/places.py), and which row stands for a sentence (narrative.py).
SELECT
    achievement_key,
    place.document_key AS words_document_key,
    place.page AS words_page,
    place.line AS words_line,
    achievement_key = min(achievement_key) OVER (PARTITION BY submission_key, section, sentence) AS has_own_sentence
FROM base.core.fact_achievement
LEFT JOIN (
    SELECT row_key AS achievement_key, min({'document_key': document_key, 'page': page, 'line': line}) AS place
    FROM base.core.provenance
    WHERE table_name = 'fact_achievement' AND column_name = 'value'
    GROUP BY row_key
) USING (achievement_key)
