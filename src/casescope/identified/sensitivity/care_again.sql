-- The episodes of their children, in periods of care by another gap.
WITH sequence AS (
    SELECT
        *,
        max(coalesce(dec, DATE '9999-12-31')) OVER (
            PARTITION BY child_id ORDER BY decom
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
    FROM removals.care
    WHERE child_id IN (SELECT child_id FROM their_child)
)
SELECT
    * EXCLUDE (period, ended_before),
    CAST(sum(CASE WHEN ended_before IS NULL OR decom > ended_before + $gap_days THEN 1 ELSE 0 END)
        OVER (PARTITION BY child_id ORDER BY decom) AS INTEGER) AS period
FROM sequence
