-- One row an event of an account; its route is the strongest of its removals'. `latest_on` is the
-- day of its last removal, `event_on` that of its first.
SELECT
    account,
    event,
    min(removed_on) AS event_on,
    max(removed_on) AS latest_on,
    CAST(count(*) FILTER (once) AS INTEGER) AS children,
    CAST(count(*) FILTER (once AND new_child) AS INTEGER) AS new_children,
    coalesce(bool_or(new_child AND age_days < 28), false) AS newborn,
    CAST(
        CASE
            WHEN bool_or(route = 'court') THEN 'court'
            WHEN bool_or(route = 'emergency') THEN 'emergency'
            ELSE 'voluntary'
        END AS ENUM ('court', 'emergency', 'voluntary')
    ) AS route
FROM event_removal
GROUP BY account, event
