-- Every removal of an account in its event. `new_child` marks children who were in no earlier
-- event; `once` marks one row a child and event, so that a child removed twice within an event
-- counts once. Few children are removed twice, so only
-- their removals are compared.
WITH several AS (
    SELECT child_id FROM removal GROUP BY child_id HAVING count(*) > 1
)
SELECT counted.*, coalesce(event, 1) AS event, true AS new_child, true AS once
FROM counted
LEFT JOIN numbered USING (account, removed_on)
WHERE child_id NOT IN (SELECT child_id FROM several)
UNION ALL
SELECT
    again.*,
    event = min(event) OVER (PARTITION BY account, child_id),
    removed_on = min(removed_on) OVER (PARTITION BY account, child_id, event)
FROM (
    SELECT counted.*, coalesce(event, 1) AS event
    FROM counted
    LEFT JOIN numbered USING (account, removed_on)
    WHERE child_id IN (SELECT child_id FROM several)
) AS again
