-- Episodes with the number of their period of care: a new period begins where an episode starts
-- more than $gap_days after everything before it has ended (an open episode never ends). Most
-- children have one period, and only those of the others are counted up. `code` is the number of an
-- episode's codes in codes.sql, null where the case system tells it.
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
)
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
