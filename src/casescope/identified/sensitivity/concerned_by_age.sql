-- Women with a child to whom something happened at an age that only one limit counts.
WITH happened AS (
    SELECT child_id, decom AS on_day FROM removals.care
    UNION ALL
    SELECT child_id, coalesce(ordered_on, applied_on) FROM removals.proceeding
    UNION ALL
    SELECT child_id, ordered_on FROM removals.family_order
)
SELECT DISTINCT motherhood.linkage, motherhood.woman_id
FROM happened
JOIN people.child USING (child_id)
JOIN people.motherhood USING (child_id)
WHERE year(on_day) - year(child.dob) >= least($max_age_at_removal, $own_max_age_at_removal)
