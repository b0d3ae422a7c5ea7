-- What one woman's removals come to, under each linkage and count, before anyone asks of her tier.
-- A child is new in one event only, so the new children of all her events are her removed children.
WITH total AS (
    SELECT
        account,
        CAST(sum(new_children) AS INTEGER) AS removed_children,
        max(latest_on) AS latest_on,
        CAST(count(*) AS INTEGER) AS events,
        CAST(count(*) FILTER (event > 1 AND new_children > 0) AS INTEGER) AS repeat_events,
        max(children) AS most_children
    FROM account_event
    GROUP BY account
)
SELECT
    account.linkage,
    account.removals,
    account.woman_id,
    total.* EXCLUDE (account, most_children),
    most_children >= 2 AND repeat_events = 0 AS multiple_removal
FROM total JOIN account USING (account)
