-- Every removal of an account in its event; `new_child` marks children who were in no earlier event.
-- Few children are removed twice, so only their events are compared.
WITH placed AS (
    SELECT counted.*, numbered.event_on, numbered.event
    FROM counted JOIN numbered USING (account, removed_on)
),
again AS (
    SELECT account, child_id, min(event) AS first_event
    FROM placed
    GROUP BY account, child_id
    HAVING min(event) < max(event)
)
SELECT
    placed.*,
    coalesce(placed.event = again.first_event, true) AS new_child
FROM placed
LEFT JOIN again USING (account, child_id)
