-- One row a child with a removal in care (broad): first and latest removal, age at the first in
-- days and whole years (null where birth is not known), and how the child's care ended.
WITH removed AS (
    SELECT
        child_id,
        min(removed_on) AS first_removed_on,
        max(removed_on) AS latest_removed_on,
        min(age_days) AS age_days,
        min(age) AS age
    FROM removals.removal WHERE basis = 'care' GROUP BY child_id
)
SELECT
    removed.*,
    CASE
        WHEN in_care THEN 'still in care'
        WHEN last_reason IN $adopted_reasons THEN 'adopted'
        WHEN last_reason IN ('E41', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48')
            THEN 'special guardianship or child arrangements'
        WHEN last_reason IN ('E4', 'E4A', 'E4B') THEN 'returned home'
        ELSE 'other or not known'
    END AS ended
FROM removed
JOIN whereabouts USING (child_id)
