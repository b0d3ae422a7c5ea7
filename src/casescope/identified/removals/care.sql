-- Episodes with the number of their period of care: a new period begins where an episode starts
-- more than $gap_days after everything before it has ended (an open episode never ends).
WITH sequence AS (
    SELECT
        *,
        max(coalesce(dec, DATE '9999-12-31')) OVER (
            PARTITION BY child_id ORDER BY decom
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
    FROM episode
)
SELECT
    child_id,
    decom,
    dec,
    rec,
    ls,
    place,
    cin,
    CAST(sum(CASE WHEN ended_before IS NULL OR decom > ended_before + $gap_days THEN 1 ELSE 0 END)
        OVER (PARTITION BY child_id ORDER BY decom) AS INTEGER) AS period
FROM sequence
