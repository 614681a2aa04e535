-- The years of a project are those of the facts that name it, whatever the batch that staged it knew.
UPDATE night.main."added core.dim_project" AS project
SET first_year = years.first_year, last_year = years.last_year
FROM (
    SELECT project_key, min(fiscal_year) AS first_year, max(fiscal_year) AS last_year
    FROM (
        SELECT project_key, fiscal_year FROM core.fact_project_spending
        UNION ALL SELECT project_key, fiscal_year FROM core.fact_form
        UNION ALL SELECT project_key, fiscal_year FROM core.fact_indicator
    )
    SEMI JOIN night.main."added core.dim_project" USING (project_key)
    GROUP BY project_key
) AS years
WHERE project.project_key = years.project_key
    AND (project.first_year <> years.first_year OR project.last_year <> years.last_year);
