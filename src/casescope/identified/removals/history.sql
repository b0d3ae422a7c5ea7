-- What one woman's removals come to, under each linkage and count, before anyone asks of her tier.
WITH hers AS (
    SELECT
        linkage,
        removals,
        woman_id,
        count(DISTINCT child_id) AS removed_children,
        max(removed_on) AS latest_on
    FROM counted
    GROUP BY linkage, removals, woman_id
),
of_events AS (
    SELECT
        linkage,
        removals,
        woman_id,
        count(*) AS events,
        count(*) FILTER (event > 1 AND new_children > 0) AS repeat_events,
        max(children) >= 2 AND count(*) FILTER (event > 1 AND new_children > 0) = 0
            AS multiple_removal
    FROM event
    GROUP BY linkage, removals, woman_id
)
SELECT * FROM hers JOIN of_events USING (linkage, removals, woman_id)
