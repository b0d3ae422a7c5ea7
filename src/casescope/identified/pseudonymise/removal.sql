-- One row a removal: tokens of woman and child, the day, the age as a group.
SELECT
    account.linkage,
    account.removals,
    hers.token AS woman,
    theirs.token AS child,
    CAST(removed_on - $reference_date::DATE AS INTEGER) AS day,
    CASE
        WHEN age IS NULL OR age < 0 THEN 'not known'
        WHEN age < 1 THEN 'under 1'
        WHEN age <= 4 THEN '1–4'
        WHEN age <= 9 THEN '5–9'
        WHEN age <= 15 THEN '10–15'
        ELSE '16–17'
    END AS age_group,
    coalesce(age_days BETWEEN 0 AND 27, false) AS newborn,
    route,
    CAST(event AS INTEGER) AS event,
    new_child
FROM removals.event_removal
JOIN removals.account USING (account)
JOIN token AS hers ON hers.subject = account.woman_id
JOIN token AS theirs ON theirs.subject = event_removal.child_id
