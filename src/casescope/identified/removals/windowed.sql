-- Each day of removal in an account that needs more than one window, and the day that opened its
-- window: the window hangs on the first removal and does not chain. A day far from all else opens
-- its own; days that follow each other within the window's length make a run; where the whole run
-- fits in one window (nearly always) its first day opens it, and only in longer runs is window
-- after window stepped through.
WITH RECURSIVE long AS (
    SELECT account
    FROM counted
    GROUP BY account
    HAVING max(removed_on) - min(removed_on) > $event_window_days
),
day AS (
    SELECT DISTINCT account, removed_on
    FROM counted
    WHERE account IN (SELECT account FROM long)
),
near AS (
    SELECT
        *,
        coalesce(removed_on - lag(removed_on) OVER its_days <= $event_window_days, false)
            AS follows,
        coalesce(lead(removed_on) OVER its_days - removed_on <= $event_window_days, false)
            AS is_followed
    FROM day
    WINDOW its_days AS (PARTITION BY account ORDER BY removed_on)
),
run AS (
    SELECT
        account,
        removed_on,
        sum(CASE WHEN follows THEN 0 ELSE 1 END)
            OVER (PARTITION BY account ORDER BY removed_on) AS run
    FROM near
    WHERE follows OR is_followed
),
spanned AS (
    SELECT
        account,
        run,
        min(removed_on) AS first_on,
        max(removed_on) - min(removed_on) > $event_window_days AS is_long
    FROM run
    GROUP BY account, run
),
opened AS (
    SELECT account, run, first_on AS opened_on
    FROM spanned
    WHERE is_long
    UNION ALL
    SELECT account, run, next_on
    FROM (
        SELECT opened.account, opened.run, min(run.removed_on) AS next_on
        FROM opened
        JOIN run USING (account, run)
        WHERE run.removed_on > opened.opened_on + $event_window_days
        GROUP BY opened.account, opened.run, opened.opened_on
    ) AS beyond
)
SELECT run.account, run.removed_on, max(opened.opened_on) AS opened_on
FROM run
JOIN opened
  ON opened.account = run.account AND opened.run = run.run
 AND opened.opened_on <= run.removed_on
GROUP BY run.account, run.removed_on
UNION ALL
SELECT account, removed_on, first_on
FROM run
JOIN spanned USING (account, run)
WHERE NOT is_long
UNION ALL
SELECT account, removed_on, removed_on
FROM near
WHERE NOT follows AND NOT is_followed
