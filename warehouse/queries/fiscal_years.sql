SELECT fiscal_year FROM core.dim_fiscal_year ORDER BY fiscal_year
