-- The files of each slip: those that came with it, and those of earlier versions that its findings point into.
SELECT submission_key AS slip_key, document_key, file_name, sha256, received_at
FROM quality.received_file
WHERE outcome = 'taken' AND list_contains($keys, submission_key)
UNION
SELECT f.submission_key, f.document_key, r.file_name, r.sha256, r.received_at
FROM quality.finding AS f
JOIN quality.received_file AS r USING (document_key)
WHERE r.outcome = 'taken' AND list_contains($keys, f.submission_key)
UNION
SELECT receipt_key, document_key, file_name, sha256, received_at
FROM quality.received_file
WHERE outcome = 'unreadable' AND list_contains($keys, receipt_key)
ORDER BY slip_key, received_at, file_name
