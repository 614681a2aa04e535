-- Everything that a slip should speak of: refused, questioned or unreadable, and when that was said.
SELECT submission_key AS slip_key, judged_at
FROM quality.submission_version
WHERE status IN ('quarantined', 'accepted_with_warnings') AND judged_at IS NOT NULL
UNION ALL
SELECT receipt_key, received_at
FROM quality.received_file
WHERE outcome = 'unreadable'
ORDER BY slip_key
