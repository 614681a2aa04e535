-- Measured statements of the departments, in the order of their places.
SELECT
    submission.department_id,
    fact.fiscal_year,
    fact.achievement_key,
    fact.section,
    fact.metric,
    fact.value,
    fact.unit,
    fact.qualifier,
    fact.sentence,
    places.* EXCLUDE (table_name, row_key)
FROM core.fact_achievement AS fact
JOIN core.dim_submission AS submission USING (submission_key)
LEFT JOIN board_places AS places ON places.table_name = 'fact_achievement' AND places.row_key = fact.achievement_key
WHERE list_contains($departments, submission.department_id)
ORDER BY submission.department_id, fact.fiscal_year DESC, places.file_name, places.page, places.line, fact.achievement_key
