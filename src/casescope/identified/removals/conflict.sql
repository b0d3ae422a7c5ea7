-- Where 903 returns and case system tell the same time differently: the start of the period or
-- episode in question. The returns were used, but for a child whom none of them knows, and for care
-- recorded late that goes on past them (`taken_from_case_system`); nothing was mended. Only care counts that ended when
-- both had begun to tell of it and began before either ceased.
WITH joined AS (
    SELECT DISTINCT subject AS child_id
    FROM people.known_as
    WHERE source = 'person' AND EXISTS (SELECT 1 FROM episode_in_case_system)
),
shared AS (
    SELECT
        greatest(covered.starts_on, coalesce(min(dec), min(decom))) AS starts_on,
        least(covered.reaches_on, greatest(max(decom), max(dec))) AS reaches_on
    FROM episode_in_case_system CROSS JOIN covered
    WHERE covered.reaches_on IS NOT NULL
    GROUP BY covered.starts_on, covered.reaches_on
),
told AS (
    SELECT true AS in_returns, child_id, decom, dec
    FROM episode JOIN joined USING (child_id)
    UNION ALL
    SELECT false, child_id, decom, dec FROM episode_in_case_system
),
sequence AS (
    SELECT
        *,
        max(coalesce(dec, DATE '9999-12-31')) OVER (
            PARTITION BY in_returns, child_id ORDER BY decom
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
    FROM told
),
numbered AS (
    SELECT
        *,
        sum(CASE WHEN ended_before IS NULL OR decom > ended_before + $gap_days THEN 1 ELSE 0 END)
            OVER (PARTITION BY in_returns, child_id ORDER BY decom) AS period
    FROM sequence
),
period AS (
    SELECT
        in_returns,
        child_id,
        min(decom) AS started_on,
        max(coalesce(dec, DATE '9999-12-31')) AS ended_on
    FROM numbered CROSS JOIN shared
    GROUP BY in_returns, child_id, period, shared.reaches_on
    HAVING min(decom) <= shared.reaches_on + $same_start_days
),
matched AS (
    SELECT
        one.in_returns,
        one.child_id,
        one.started_on,
        one.ended_on,
        min(other.started_on) AS other_on
    FROM period AS one
    LEFT JOIN period AS other
      ON other.child_id = one.child_id AND other.in_returns <> one.in_returns
     AND other.started_on <= one.ended_on
     AND one.started_on <= other.ended_on
    GROUP BY one.in_returns, one.child_id, one.started_on, one.ended_on
),
status AS (
    SELECT
        episode.child_id,
        episode.decom AS started_on,
        any_value(coalesce(episode.dec, DATE '9999-12-31')) AS ended_on,
        any_value(codes.ls) AS ls,
        arg_min(described.ls, (abs(described.decom - episode.decom), described.decom)) AS other_ls
    FROM episode_in_case_system AS described
    JOIN episode USING (child_id)
    JOIN codes USING (code)
    WHERE abs(described.decom - episode.decom) <= $same_start_days AND described.ls IS NOT NULL
    GROUP BY episode.child_id, episode.decom
),
found AS (
    SELECT
        CASE
            WHEN other_on IS NOT NULL THEN 'start_differs'
            WHEN in_returns THEN 'only_in_returns'
            WHEN EXISTS (
                SELECT 1 FROM filled
                WHERE filled.child_id = matched.child_id
                  AND filled.decom BETWEEN matched.started_on AND matched.ended_on
            ) THEN 'taken_from_case_system'
            ELSE 'only_in_case_system'
        END AS kind,
        child_id,
        started_on,
        ended_on
    FROM matched
    WHERE other_on IS NULL OR (
        in_returns AND abs(other_on - started_on) > $same_start_days
        AND NOT EXISTS (  -- an earlier start that no return covers was filled, so is none
            SELECT 1 FROM filled
            WHERE filled.child_id = matched.child_id AND filled.decom = matched.other_on
        )
    )
    UNION ALL
    SELECT 'legal_status_differs', child_id, started_on, ended_on
    FROM status
    WHERE ls <> other_ls
)
SELECT kind, child_id, started_on
FROM found
JOIN shared ON found.ended_on >= shared.starts_on AND found.started_on <= shared.reaches_on
