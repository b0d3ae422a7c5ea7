-- Windows of one account that hold removals of the same proceedings are one event, transitively;
-- the event takes the earliest date. Only windows that share proceedings stand here.
WITH RECURSIVE several AS (
    SELECT proc_id
    FROM proceeding_of_removal
    GROUP BY proc_id
    HAVING min(removed_on) <> max(removed_on)  -- of one day are of one window
),
shared AS (
    SELECT DISTINCT account, proc_id, opened_on
    FROM counted
    JOIN proceeding_of_removal USING (child_id, removed_on)
    JOIN several USING (proc_id)
    JOIN windowed USING (account, removed_on)
),
tied AS (
    SELECT
        shared.account,
        shared.opened_on AS one,
        first_window.opened_on AS other
    FROM shared
    JOIN (
        SELECT account, proc_id, min(opened_on) AS opened_on
        FROM shared
        GROUP BY account, proc_id
        HAVING count(*) > 1
    ) AS first_window USING (account, proc_id)
    WHERE shared.opened_on <> first_window.opened_on
),
-- In most accounts all windows are tied to the same one, which is the earliest.
starred AS (
    SELECT account FROM tied GROUP BY account HAVING min(other) = max(other)
),
pair AS (
    SELECT account, one, other FROM tied WHERE account NOT IN (SELECT account FROM starred)
    UNION
    SELECT account, other, one FROM tied WHERE account NOT IN (SELECT account FROM starred)
),
reached AS (
    SELECT account, one, other FROM pair
    UNION
    SELECT reached.account, reached.one, pair.other
    FROM reached
    JOIN pair
      ON pair.account = reached.account AND pair.one = reached.other
)
SELECT DISTINCT account, one AS opened_on, other AS event_on
FROM tied
WHERE account IN (SELECT account FROM starred)
UNION ALL
SELECT account, one, least(one, min(other))
FROM reached
GROUP BY account, one
