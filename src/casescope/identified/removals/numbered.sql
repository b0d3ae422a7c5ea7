-- Each day of removal in its event, a woman's events numbered from 1 in order of time.
SELECT
    variant,
    woman_id,
    removed_on,
    coalesce(merged.event_on, windowed.opened_on) AS event_on,
    CAST(dense_rank() OVER (
        PARTITION BY variant, woman_id ORDER BY coalesce(merged.event_on, windowed.opened_on)
    ) AS INTEGER) AS event
FROM windowed
LEFT JOIN merged USING (variant, woman_id, opened_on)
