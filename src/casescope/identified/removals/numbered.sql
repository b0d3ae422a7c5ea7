-- Each day of removal in its event, an account's events numbered from 1 in order of time. An
-- account that is not here has one event.
SELECT
    account,
    removed_on,
    CAST(dense_rank() OVER (
        PARTITION BY account ORDER BY coalesce(merged.event_on, windowed.opened_on)
    ) AS INTEGER) AS event
FROM windowed
LEFT JOIN merged USING (account, opened_on)
