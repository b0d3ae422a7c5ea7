-- Every removal in its event, events numbered from 1 in order of time; `new_child` marks children
-- who were in no earlier event.
WITH dated AS (
    SELECT windowed.*, coalesce(merged.event_on, windowed.opened_on) AS event_on
    FROM windowed LEFT JOIN merged USING (linkage, removals, woman_id, opened_on)
),
numbered AS (
    SELECT
        * EXCLUDE (opened_on),
        dense_rank() OVER (PARTITION BY linkage, removals, woman_id ORDER BY event_on) AS event
    FROM dated
)
SELECT
    *,
    event = min(event) OVER (PARTITION BY linkage, removals, woman_id, child_id) AS new_child
FROM numbered
