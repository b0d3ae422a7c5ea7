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
pair AS (
    SELECT account, one, other FROM tied
    UNION
    SELECT account, other, one FROM tied
),
reached AS (
    SELECT account, one, other FROM pair
    UNION
    SELECT reached.account, reached.one, pair.other
    FROM reached
    JOIN pair
      ON pair.account = reached.account AND pair.one = reached.other
)
SELECT account, one AS opened_on, least(one, min(other)) AS event_on
FROM reached
GROUP BY account, one
