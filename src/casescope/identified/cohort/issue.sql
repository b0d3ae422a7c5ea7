-- Three times of asking: at her latest removal (365 days before to 90 after), currently (within
-- 12 months of the reference date), ever. Yes wins over a recorded no at the same time.
WITH count_of AS (
    SELECT unnest(['broad', 'strict', 'wide']) AS removals
),
timed AS (
    SELECT
        recorded_issue.*,
        count_of.removals,
        on_day IS NULL OR (history.latest_on IS NOT NULL
            AND on_day BETWEEN history.latest_on - 365 AND history.latest_on + 90) AS at_removal,
        on_day IS NULL OR on_day >= $current_from AS is_current
    FROM recorded_issue
    CROSS JOIN count_of
    LEFT JOIN removals.history USING (linkage, removals, woman_id)
),
asked AS (
    SELECT linkage, removals, woman_id, issue, state, 'at_latest_removal' AS timing
    FROM timed WHERE at_removal
    UNION ALL
    SELECT linkage, removals, woman_id, issue, state, 'current' FROM timed WHERE is_current
    UNION ALL
    SELECT linkage, removals, woman_id, issue, state, 'ever' FROM timed
)
SELECT
    linkage, removals, woman_id, issue, timing,
    CASE WHEN bool_or(state = 'yes') THEN 'yes' ELSE 'no' END AS state
FROM asked
GROUP BY linkage, removals, woman_id, issue, timing
