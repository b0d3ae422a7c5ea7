-- Episodes with the number of their period of care: a new period begins where an episode starts
-- more than $gap_days after everything before it has ended (an open episode never ends). Dates are
-- put in order first and codes fetched afterwards: sorting is dear in proportion to what is sorted.
-- Most children have one period, and only those of the others are counted up.
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
sequence AS MATERIALIZED (
    SELECT
        *,
        coalesce(
            decom > $gap_days + max(coalesce(dec, DATE '9999-12-31')) OVER (
                PARTITION BY child_id ORDER BY decom
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            false
        ) AS again
    FROM told
),
several AS (
    SELECT DISTINCT child_id FROM sequence WHERE again
),
numbered AS (
    SELECT child_id, decom, dec, code, 1 AS period
    FROM sequence
    WHERE child_id NOT IN (SELECT child_id FROM several)
    UNION ALL
    SELECT
        child_id,
        decom,
        dec,
        code,
        CAST(1 + sum(CASE WHEN again THEN 1 ELSE 0 END)
            OVER (PARTITION BY child_id ORDER BY decom) AS INTEGER)
    FROM sequence
    WHERE child_id IN (SELECT child_id FROM several)
)
SELECT
    numbered.child_id,
    numbered.decom,
    numbered.dec,
    CASE
        WHEN numbered.code IS NULL THEN described.rec
        WHEN numbered.dec IS NOT NULL THEN codes.rec
    END AS rec,
    CASE WHEN numbered.code IS NULL THEN described.ls ELSE codes.ls END AS ls,
    CASE WHEN numbered.code IS NULL THEN described.place ELSE codes.place END AS place,
    CASE WHEN numbered.code IS NULL THEN described.cin ELSE codes.cin END AS cin,
    numbered.period
FROM numbered
LEFT JOIN codes USING (code)
LEFT JOIN filled AS described USING (child_id, decom)  -- no episode with a code is there too
