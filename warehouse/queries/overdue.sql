-- Who had to submit by now and has no version in force.
SELECT r.department_id, d.short_name, r.fiscal_year, r.due_on, r.condition
FROM quality.roster AS r
JOIN core.dim_department AS d ON d.department_id = r.department_id AND d.is_current
WHERE r.due_on < $today AND r.current_submission_key IS NULL
ORDER BY r.fiscal_year DESC, r.department_id
