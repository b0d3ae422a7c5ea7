-- One row an event of an account; its route is the strongest of its removals'. `latest_on` is the
-- day of its last removal, `event_on` that of its first.
WITH child_in_event AS (
    SELECT
        account,
        event,
        min(event_on) AS event_on,
        max(removed_on) AS latest_on,
        bool_or(new_child) AS is_new,
        bool_or(new_child AND age_days < 28) AS newborn,
        bool_or(route = 'court') AS by_court,
        bool_or(route = 'emergency') AS by_emergency
    FROM event_removal
    GROUP BY account, event, child_id
)
SELECT
    account,
    event,
    min(event_on) AS event_on,
    max(latest_on) AS latest_on,
    CAST(count(*) AS INTEGER) AS children,
    CAST(count(*) FILTER (is_new) AS INTEGER) AS new_children,
    coalesce(bool_or(newborn), false) AS newborn,
    CAST(
        CASE
            WHEN bool_or(by_court) THEN 'court'
            WHEN bool_or(by_emergency) THEN 'emergency'
            ELSE 'voluntary'
        END AS ENUM ('court', 'emergency', 'voluntary')
    ) AS route
FROM child_in_event
GROUP BY account, event
