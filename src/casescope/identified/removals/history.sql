-- What one woman's removals come to, under each linkage and count, before anyone asks of her tier.
-- A child is new in one event only, so the new children of all her events are her removed children.
WITH total AS (
    SELECT
        variant,
        woman_id,
        CAST(sum(new_children) AS BIGINT) AS removed_children,
        max(latest_on) AS latest_on,
        count(*) AS events,
        count(*) FILTER (event > 1 AND new_children > 0) AS repeat_events,
        max(children) AS most_children
    FROM event
    GROUP BY variant, woman_id
)
SELECT
    variant.linkage,
    variant.removals,
    total.* EXCLUDE (variant, most_children),
    most_children >= 2 AND repeat_events = 0 AS multiple_removal
FROM total JOIN variant USING (variant)
