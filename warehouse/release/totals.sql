-- Counts and totals of meta.release, from the tables as they stand.
SELECT
    (SELECT count(DISTINCT department_id) FROM core.dim_submission) AS department_count,
    (SELECT count(*) FROM core.dim_submission) AS submission_count,
    (SELECT count(*) FROM core.dim_document) AS document_count,
    (SELECT count(*) FROM core.dim_project) AS project_count,
    (SELECT count(*) FROM quality.submission_version WHERE status = 'quarantined') AS quarantined_count,
    (SELECT count(*) FROM quality.finding) AS finding_count,
    (SELECT sum(total_budget_yuan) FROM core.fact_department_budget) AS total_budget_yuan,
    (SELECT sum(executed_yuan) FROM core.fact_department_budget) AS executed_yuan,
    (SELECT sum(budget_yuan) FROM core.fact_project_spending WHERE is_primary) AS primary_budget_yuan,
    (SELECT sum(spent_yuan) FROM core.fact_project_spending WHERE is_primary) AS primary_spent_yuan
