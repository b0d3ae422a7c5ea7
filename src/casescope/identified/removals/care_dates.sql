-- Episodes with the number of their period of care: a new period begins where an episode starts
-- more than $gap_days after everything before it has ended (an open episode never ends). Most
-- children have one period, so only those after a child's first are numbered and looked up. `code`
-- is the number of an episode's codes in codes.sql, null where the case system tells it.
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
later AS (
    SELECT
        child_id,
        decom AS began_on,
        lead(decom, 1, DATE '9999-12-31') OVER its_periods AS next_on,
        CAST(1 + row_number() OVER its_periods AS INTEGER) AS period
    FROM sequence
    WHERE again
    WINDOW its_periods AS (PARTITION BY child_id ORDER BY decom)
)
SELECT sequence.child_id, decom, dec, code, coalesce(period, 1) AS period
FROM sequence
LEFT JOIN later
  ON later.child_id = sequence.child_id AND decom >= began_on AND decom < next_on
