-- What the floor and the night say of submissions, as far as they differ; {rows}: a row for each row that a rule looked
-- at, and for each that violates it.
WITH floor AS (
    SELECT rule_id, submission_key, if(sum(is_broken) > 0, 'fail', 'pass') AS outcome, sum(is_broken) AS findings
    FROM ({rows}) GROUP BY ALL
), night AS (
    SELECT rule_id, submission_key, any_value(outcome) AS outcome, count(finding_key) AS findings
    FROM night.quality.evaluation LEFT JOIN night.quality.finding USING (rule_id, submission_key)
    WHERE outcome <> 'not_applicable' GROUP BY ALL
)
(FROM floor EXCEPT FROM night) UNION ALL (FROM night EXCEPT FROM floor)
ORDER BY ALL
