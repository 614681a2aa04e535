-- 报送版本所用的单位键与单位编号不符
SELECT submission.submission_key, submission.department_id, submission.department_key
FROM core.dim_submission AS submission
JOIN core.dim_department AS department USING (department_key)
WHERE department.department_id <> submission.department_id
