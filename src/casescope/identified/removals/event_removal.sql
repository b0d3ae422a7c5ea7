-- Every removal of an account in its event. `new_child` marks children who were in no earlier
-- event; `once` marks one row a child and event, so that a child removed twice within an event
-- counts once. Few children are removed twice, so only their removals are put in order.
WITH several AS (
    SELECT child_id FROM removal GROUP BY child_id HAVING count(*) > 1
),
placed AS (
    SELECT
        counted.*,
        coalesce(event, 1) AS event,
        child_id IN (SELECT child_id FROM several) AS again
    FROM counted
    LEFT JOIN numbered USING (account, removed_on)
)
SELECT * EXCLUDE (again), true AS new_child, true AS once
FROM placed
WHERE NOT again
UNION ALL
SELECT
    * EXCLUDE (again),
    event = first_value(event) OVER its_removals,
    event IS DISTINCT FROM lag(event) OVER its_removals
FROM placed
WHERE again
WINDOW its_removals AS (PARTITION BY account, child_id ORDER BY event, removed_on)
