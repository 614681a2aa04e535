-- A finding that was known before the submission was judged again was first seen then.
UPDATE temp.main."added quality.finding" AS finding
SET first_seen_at = known.first_seen_at
FROM temp.main."removed quality.finding" AS known
WHERE finding.finding_key = known.finding_key AND known.first_seen_at < finding.first_seen_at;
