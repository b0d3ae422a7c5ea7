-- One row a removal event; its route is the strongest of its removals'.
SELECT
    linkage,
    removals,
    woman_id,
    event,
    min(event_on) AS event_on,
    count(DISTINCT child_id) AS children,
    count(DISTINCT child_id) FILTER (new_child) AS new_children,
    coalesce(bool_or(new_child AND age_days < 28), false) AS newborn,
    CASE
        WHEN bool_or(route = 'court') THEN 'court'
        WHEN bool_or(route = 'emergency') THEN 'emergency'
        ELSE 'voluntary'
    END AS route
FROM event_removal
GROUP BY linkage, removals, woman_id, event
