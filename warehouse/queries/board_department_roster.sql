-- When the departments had to submit, and whether they did.
SELECT department_id, fiscal_year, condition, due_on
FROM quality.roster
WHERE list_contains($departments, department_id)
ORDER BY department_id, fiscal_year DESC
