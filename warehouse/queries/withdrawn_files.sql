-- Which of these files ($hashes) belong to a version that people took back ($withdrawn: 'department/year/version').
SELECT DISTINCT f.sha256, v.department_id, v.fiscal_year, v.version
FROM quality.received_file AS f
JOIN quality.submission_version AS v USING (submission_key)
WHERE list_contains($hashes, f.sha256)
    AND list_contains($withdrawn, v.department_id || '/' || v.fiscal_year || '/' || v.version)
ORDER BY ALL
