SELECT * FROM quality.submission_version ORDER BY submission_key
