-- Windows of one woman that hold removals of the same proceedings are one event, transitively;
-- the event takes the earliest date.
WITH RECURSIVE shared AS (
    SELECT DISTINCT linkage, removals, woman_id, proc_id, opened_on
    FROM windowed JOIN proceeding_of_removal USING (child_id, removed_on)
),
tied AS (
    SELECT
        linkage,
        removals,
        woman_id,
        opened_on AS one,
        min(opened_on) OVER (PARTITION BY linkage, removals, woman_id, proc_id) AS other
    FROM shared
),
pair AS (
    SELECT linkage, removals, woman_id, one, other FROM tied WHERE one <> other
    UNION
    SELECT linkage, removals, woman_id, other, one FROM tied WHERE one <> other
),
reached AS (
    SELECT linkage, removals, woman_id, one, other FROM pair
    UNION
    SELECT reached.linkage, reached.removals, reached.woman_id, reached.one, pair.other
    FROM reached
    JOIN pair
      ON pair.linkage = reached.linkage AND pair.removals = reached.removals
     AND pair.woman_id = reached.woman_id AND pair.one = reached.other
)
SELECT linkage, removals, woman_id, one AS opened_on, least(one, min(other)) AS event_on
FROM reached
GROUP BY linkage, removals, woman_id, one
