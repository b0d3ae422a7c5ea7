-- Each day on which a woman's children were removed, and the day that opened its window: the
-- window hangs on the first removal and does not chain. A day far from all others opens its own.
-- Days that follow each other within the window's length make a run; where the whole run fits in
-- one window (nearly always) its first day opens it, and only in longer runs is window after
-- window stepped through.
WITH RECURSIVE day AS (
    SELECT DISTINCT variant, woman_id, removed_on FROM counted
),
near AS (
    SELECT
        *,
        coalesce(removed_on - lag(removed_on) OVER her_days <= $event_window_days, false)
            AS follows,
        coalesce(lead(removed_on) OVER her_days - removed_on <= $event_window_days, false)
            AS is_followed
    FROM day
    WINDOW her_days AS (PARTITION BY variant, woman_id ORDER BY removed_on)
),
run AS (
    SELECT
        variant,
        woman_id,
        removed_on,
        sum(CASE WHEN follows THEN 0 ELSE 1 END)
            OVER (PARTITION BY variant, woman_id ORDER BY removed_on) AS run
    FROM near
    WHERE follows OR is_followed
),
spanned AS (
    SELECT
        variant,
        woman_id,
        run,
        min(removed_on) AS first_on,
        max(removed_on) - min(removed_on) > $event_window_days AS is_long
    FROM run
    GROUP BY variant, woman_id, run
),
opened AS (
    SELECT variant, woman_id, run, first_on AS opened_on
    FROM spanned
    WHERE is_long
    UNION ALL
    SELECT variant, woman_id, run, next_on
    FROM (
        SELECT opened.variant, opened.woman_id, opened.run, min(run.removed_on) AS next_on
        FROM opened
        JOIN run USING (variant, woman_id, run)
        WHERE run.removed_on > opened.opened_on + $event_window_days
        GROUP BY opened.variant, opened.woman_id, opened.run, opened.opened_on
    ) AS beyond
)
SELECT run.variant, run.woman_id, run.removed_on, max(opened.opened_on) AS opened_on
FROM run
JOIN opened
  ON opened.variant = run.variant AND opened.woman_id = run.woman_id AND opened.run = run.run
 AND opened.opened_on <= run.removed_on
GROUP BY run.variant, run.woman_id, run.removed_on
UNION ALL
SELECT variant, woman_id, removed_on, first_on
FROM run
JOIN spanned USING (variant, woman_id, run)
WHERE NOT is_long
UNION ALL
SELECT variant, woman_id, removed_on, removed_on
FROM near
WHERE NOT follows AND NOT is_followed
