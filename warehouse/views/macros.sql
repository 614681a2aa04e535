-- Exact division for the views: DuckDB's / gives DOUBLE, so quotients are made of whole numbers and rounded
-- half away from zero. Empty or zero divisors and quotients too large for the result give NULL.
CREATE MACRO mart.exact_quotient(dividend, divisor) AS
    -- Whole numbers beyond BIGINT are divided slowly, and seldom. DuckDB 2 refuses to divide by zero.
    coalesce(TRY_CAST(dividend AS BIGINT) // nullif(TRY_CAST(divisor AS BIGINT), 0), dividend // nullif(divisor, 0));
CREATE MACRO mart.exact_steps(dividend, divisor, steps) AS
    CAST(sign(dividend) * sign(divisor) AS HUGEINT)
    * mart.exact_quotient(
        2 * steps * CAST(abs(CAST(dividend AS DECIMAL(24, 2))) * 100 AS HUGEINT)
            + CAST(abs(CAST(divisor AS DECIMAL(24, 2))) * 100 AS HUGEINT),
        2 * CAST(abs(CAST(divisor AS DECIMAL(24, 2))) * 100 AS HUGEINT)
    );
CREATE MACRO mart.exact_rate(part, whole) AS
    TRY_CAST(
        TRY_CAST(mart.exact_steps(part, whole, 1000000) AS DECIMAL(24, 0)) * CAST(0.000001 AS DECIMAL(7, 6))
        AS DECIMAL(18, 6)
    );
CREATE MACRO mart.exact_mean(total_yuan, divisor) AS
    TRY_CAST(
        TRY_CAST(mart.exact_steps(total_yuan, divisor, 100) AS DECIMAL(24, 0)) * CAST(0.01 AS DECIMAL(3, 2))
        AS DECIMAL(18, 2)
    );
COMMENT ON MACRO mart.exact_quotient IS '整数相除取整';
COMMENT ON MACRO mart.exact_steps IS '精确相除，结果以 steps 分之一计';
COMMENT ON MACRO mart.exact_rate IS '精确比率，六位小数，四舍五入；分母为零或为空时为空';
COMMENT ON MACRO mart.exact_mean IS '精确平均金额（元），两位小数，四舍五入；除数为零或为空时为空';
