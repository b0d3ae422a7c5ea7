-- Episodes with the number of their period of care: a new period begins where an episode starts
-- more than $gap_days after everything before it has ended (an open episode never ends). Dates are
-- put in order first and codes fetched afterwards: sorting is dear in proportion to what is sorted.
WITH told AS (
    SELECT child_id, decom, dec, code
    FROM episode
    WHERE NOT EXISTS (
        SELECT 1 FROM filled
        WHERE filled.child_id = episode.child_id AND filled.decom = episode.decom
    )
    UNION ALL
    SELECT child_id, decom, dec, NULL FROM filled
),
sequence AS (
    SELECT
        *,
        max(coalesce(dec, DATE '9999-12-31')) OVER (
            PARTITION BY child_id ORDER BY decom
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
    FROM told
),
numbered AS (
    SELECT
        child_id,
        decom,
        dec,
        code,
        CAST(sum(CASE WHEN ended_before IS NULL OR decom > ended_before + $gap_days THEN 1 ELSE 0 END)
            OVER (PARTITION BY child_id ORDER BY decom) AS INTEGER) AS period
    FROM sequence
)
SELECT
    numbered.child_id,
    numbered.decom,
    numbered.dec,
    CASE WHEN numbered.dec IS NOT NULL THEN codes.rec END AS rec,
    codes.ls,
    codes.place,
    codes.cin,
    numbered.period
FROM numbered JOIN codes USING (code)
UNION ALL
SELECT
    numbered.child_id,
    numbered.decom,
    numbered.dec,
    described.rec,
    described.ls,
    described.place,
    described.cin,
    numbered.period
FROM numbered
JOIN filled AS described USING (child_id, decom)
WHERE numbered.code IS NULL
