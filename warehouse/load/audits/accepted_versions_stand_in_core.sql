-- 已采纳的报送版本没有出现在 core 中
SELECT version.submission_key, version.department_id, version.fiscal_year
FROM quality.submission_version AS version
WHERE version.status IN ('accepted', 'accepted_with_warnings')
    AND NOT EXISTS (
        SELECT 1 FROM core.dim_submission AS submission
        WHERE submission.submission_key = version.submission_key AND submission.status = version.status
    )
