-- A finding that was known before the submission was judged again was first seen then.
UPDATE night.main."added quality.finding" AS finding
SET first_seen_at = known.first_seen_at
FROM night.main."removed quality.finding" AS known
WHERE finding.finding_key = known.finding_key AND known.first_seen_at < finding.first_seen_at;
-- What an earlier version had and the version in force no longer has is corrected; what both have stays open.
CREATE TEMP TABLE version_after AS
SELECT submission_key, department_id, fiscal_year, version, status
FROM quality.submission_version
ANTI JOIN night.main."added quality.submission_version" USING (submission_key)
UNION ALL
SELECT submission_key, department_id, fiscal_year, version, status
FROM night.main."added quality.submission_version";
CREATE TEMP TABLE earlier_version AS
SELECT earlier.submission_key, in_force.submission_key AS in_force_key
FROM version_after AS in_force
JOIN version_after AS earlier USING (department_id, fiscal_year)
WHERE in_force.status IN ('accepted', 'accepted_with_warnings')
    AND earlier.version < in_force.version
    AND (department_id, fiscal_year) IN (
        SELECT (department_id, fiscal_year) FROM version_after SEMI JOIN night.main.judged_submission USING (submission_key)
    );
CREATE TEMP TABLE said AS
SELECT finding.finding_key, finding.submission_key, finding.rule_id, finding.subject, finding.state
FROM quality.finding AS finding
SEMI JOIN (
    SELECT submission_key FROM earlier_version UNION SELECT in_force_key FROM earlier_version
) USING (submission_key)
ANTI JOIN night.main.judged_submission USING (submission_key)
UNION ALL
SELECT finding_key, submission_key, rule_id, subject, state
FROM night.main."added quality.finding";
CREATE TEMP TABLE state_after AS
SELECT
    earlier.finding_key,
    earlier.state AS state_before,
    CASE WHEN EXISTS (
        SELECT 1 FROM said AS still
        WHERE still.submission_key = earlier_version.in_force_key
            AND still.rule_id = earlier.rule_id
            AND still.subject IS NOT DISTINCT FROM earlier.subject
    ) THEN 'open' ELSE 'corrected' END AS state
FROM said AS earlier
JOIN earlier_version USING (submission_key)
WHERE earlier.state IN ('open', 'corrected');
UPDATE night.main."added quality.finding" AS finding
SET state = after.state
FROM state_after AS after
WHERE finding.finding_key = after.finding_key AND after.state <> after.state_before;
INSERT INTO night.main."removed quality.finding"
SELECT finding.*
FROM quality.finding AS finding
JOIN state_after AS after USING (finding_key)
ANTI JOIN night.main.judged_submission USING (submission_key)
WHERE after.state <> after.state_before;
INSERT INTO night.main."added quality.finding"
SELECT finding.* REPLACE (after.state AS state)
FROM quality.finding AS finding
JOIN state_after AS after USING (finding_key)
ANTI JOIN night.main.judged_submission USING (submission_key)
WHERE after.state <> after.state_before;
DROP TABLE version_after;
DROP TABLE earlier_version;
DROP TABLE said;
DROP TABLE state_after;
