-- core 中有未被采纳的报送版本
SELECT submission.submission_key, submission.department_id, submission.fiscal_year
FROM core.dim_submission AS submission
WHERE NOT EXISTS (
    SELECT 1 FROM quality.submission_version AS version
    WHERE version.submission_key = submission.submission_key
        AND version.status = submission.status
        AND version.department_id = submission.department_id
        AND version.fiscal_year = submission.fiscal_year
        AND version.version = submission.version
)
