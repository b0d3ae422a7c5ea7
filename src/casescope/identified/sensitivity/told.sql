-- What one woman's removals come to, in as many words as the headlines need: numbered by telling,
-- `sign` says whether it is added or taken off.
WITH timed AS (
    SELECT
        linkage,
        removals,
        woman_id,
        min(event_on) AS first_on,
        min(event_on) FILTER (event > 1 AND new_children > 0) AS next_on
    FROM event
    GROUP BY linkage, removals, woman_id
)
SELECT
    CAST($telling AS INTEGER) AS telling,
    CAST($sign AS INTEGER) AS sign,
    linkage,
    removals,
    woman_id,
    history.removed_children,
    history.latest_on,
    history.repeat_events,
    timed.first_on,
    timed.next_on
FROM history JOIN timed USING (linkage, removals, woman_id)
