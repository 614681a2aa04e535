-- "asked" is the frame of the fingerprints that are looked for; of those who have one, the $earliest that came first.
SELECT s.submission_key, s.fingerprint, v.department_id, v.fiscal_year, v.received_at
FROM quality.sentence AS s
JOIN quality.submission_version AS v USING (submission_key)
SEMI JOIN asked USING (fingerprint)
WHERE v.status <> 'withdrawn' AND v.department_id IS NOT NULL AND v.fiscal_year IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY s.fingerprint ORDER BY v.received_at, s.submission_key) <= $earliest
ORDER BY ALL
