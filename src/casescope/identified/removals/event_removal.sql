-- Every removal of an account in its event; `new_child` marks children who were in no earlier event.
WITH placed AS (
    SELECT counted.*, numbered.event_on, numbered.event
    FROM counted JOIN numbered USING (account, removed_on)
),
first_event AS (
    SELECT account, child_id, min(event) AS event FROM placed GROUP BY account, child_id
)
SELECT
    placed.*,
    placed.event = first_event.event AS new_child
FROM placed
JOIN first_event USING (account, child_id)
