-- Where goal and completion stand first (transforms/star/places.py), and which of equal ones count (projects.py).
WITH places AS (
    SELECT
        row_key AS project_spending_key,
        min(document_key) AS document_key,
        min({'page': page, 'line': line}) FILTER (column_name = 'goal') AS goal,
        min({'page': page, 'line': line}) FILTER (column_name = 'completion') AS completion
    FROM base.core.provenance
    WHERE table_name = 'fact_project_spending'
    GROUP BY row_key
)
SELECT
    project_spending_key,
    coalesce(spending.goal <> '' AND row_number() OVER (
        PARTITION BY submission_key, reported_name, spending.goal
        ORDER BY NOT is_primary, table_number, row_number, project_spending_key
    ) = 1, false) AS has_own_goal,
    coalesce(spending.completion <> '' AND row_number() OVER (
        PARTITION BY submission_key, reported_name, spending.completion
        ORDER BY NOT is_primary, table_number, row_number, project_spending_key
    ) = 1, false) AS has_own_completion,
    places.document_key AS words_document_key,
    places.goal.page AS goal_page,
    places.goal.line AS goal_line,
    places.completion.page AS completion_page,
    places.completion.line AS completion_line
FROM base.core.fact_project_spending AS spending
LEFT JOIN places USING (project_spending_key)
