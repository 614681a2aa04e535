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
-- HUGEINT costs fifteen times as much as BIGINT, and nearly all amounts are small. CASE and not coalesce: DuckDB
-- reckons beforehand what the parts of a coalesce have in common.
CREATE MACRO mart.small_fen(amount) AS CAST(TRY_CAST(amount AS DECIMAL(12, 2)) * 100 AS BIGINT);
CREATE MACRO mart.are_small(dividend, divisor) AS
    mart.small_fen(dividend) IS NOT NULL AND mart.small_fen(divisor) IS NOT NULL;
CREATE MACRO mart.small_steps(dividend, divisor, steps) AS
    CAST(
        CASE WHEN (dividend < 0) = (divisor < 0) THEN 1 ELSE -1 END
        * (
            (2 * steps * abs(mart.small_fen(dividend)) + abs(mart.small_fen(divisor)))
            // nullif(2 * abs(mart.small_fen(divisor)), 0)
        )
        AS DECIMAL(18, 0)
    );
CREATE MACRO mart.exact_rate(part, whole) AS
    CASE
        WHEN part IS NULL OR whole IS NULL THEN NULL
        WHEN mart.are_small(part, whole)
            THEN CAST(mart.small_steps(part, whole, 1000000) * CAST(0.000001 AS DECIMAL(7, 6)) AS DECIMAL(18, 6))
        ELSE TRY_CAST(
            TRY_CAST(mart.exact_steps(part, whole, 1000000) AS DECIMAL(24, 0)) * CAST(0.000001 AS DECIMAL(7, 6))
            AS DECIMAL(18, 6)
        )
    END;
CREATE MACRO mart.exact_mean(total_yuan, divisor) AS
    CASE
        WHEN total_yuan IS NULL OR divisor IS NULL THEN NULL
        WHEN mart.are_small(total_yuan, divisor)
            THEN CAST(mart.small_steps(total_yuan, divisor, 100) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
        ELSE TRY_CAST(
            TRY_CAST(mart.exact_steps(total_yuan, divisor, 100) AS DECIMAL(24, 0)) * CAST(0.01 AS DECIMAL(3, 2))
            AS DECIMAL(18, 2)
        )
    END;
COMMENT ON MACRO mart.exact_quotient IS '整数相除取整';
COMMENT ON MACRO mart.exact_steps IS '精确相除，结果以 steps 分之一计';
COMMENT ON MACRO mart.small_fen IS '金额（分）；一百亿元以上为空';
COMMENT ON MACRO mart.are_small IS '两个金额是否都在一百亿元以下';
COMMENT ON MACRO mart.small_steps IS '同 exact_steps，只用于一百亿元以下的金额';
COMMENT ON MACRO mart.exact_rate IS '精确比率，六位小数，四舍五入；分母为零或为空时为空';
COMMENT ON MACRO mart.exact_mean IS '精确平均金额（元），两位小数，四舍五入；除数为零或为空时为空';
