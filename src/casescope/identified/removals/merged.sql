-- Windows of one woman that hold removals of the same proceedings are one event, transitively;
-- the event takes the earliest date. Only windows that share proceedings stand here.
WITH RECURSIVE several AS (
    SELECT proc_id FROM proceeding_of_removal GROUP BY proc_id HAVING count(*) > 1
),
shared AS (
    SELECT DISTINCT variant, woman_id, proc_id, opened_on
    FROM counted
    JOIN proceeding_of_removal USING (child_id, removed_on)
    JOIN several USING (proc_id)
    JOIN windowed USING (variant, woman_id, removed_on)
),
tied AS (
    SELECT
        shared.variant,
        shared.woman_id,
        shared.opened_on AS one,
        first_window.opened_on AS other
    FROM shared
    JOIN (
        SELECT variant, woman_id, proc_id, min(opened_on) AS opened_on
        FROM shared
        GROUP BY variant, woman_id, proc_id
        HAVING count(*) > 1
    ) AS first_window USING (variant, woman_id, proc_id)
    WHERE shared.opened_on <> first_window.opened_on
),
pair AS (
    SELECT variant, woman_id, one, other FROM tied
    UNION
    SELECT variant, woman_id, other, one FROM tied
),
reached AS (
    SELECT variant, woman_id, one, other FROM pair
    UNION
    SELECT reached.variant, reached.woman_id, reached.one, pair.other
    FROM reached
    JOIN pair
      ON pair.variant = reached.variant AND pair.woman_id = reached.woman_id
     AND pair.one = reached.other
)
SELECT variant, woman_id, one AS opened_on, least(one, min(other)) AS event_on
FROM reached
GROUP BY variant, woman_id, one
