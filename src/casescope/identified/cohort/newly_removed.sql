-- The day on which each child was first removed, by account; only accounts of two children or more,
-- because nobody else's removals can begin the time that the local removal rate counts.
WITH several AS (
    SELECT account
    FROM removals.event_removal
    GROUP BY account
    HAVING count(DISTINCT child_id) >= 2
)
SELECT account, child_id, min(removed_on) AS first_on
FROM removals.event_removal
JOIN several USING (account)
GROUP BY account, child_id
