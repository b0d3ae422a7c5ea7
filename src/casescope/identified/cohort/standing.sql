-- Each woman's tier under each count, or the first reason why she is in none.
WITH count_of AS (
    SELECT unnest(['broad', 'strict', 'wide']) AS removals
),
ever AS (
    SELECT DISTINCT linkage, woman_id FROM removals.history
),
facts AS (
    SELECT
        woman_now.*,
        count_of.removals,
        coalesce(history.removed_children, 0) AS removed_children,
        history.latest_on,
        coalesce(history.events, 0) AS events,
        coalesce(history.repeat_events, 0) AS repeat_events,
        coalesce(history.multiple_removal, false) AS multiple_removal,
        ever.woman_id IS NULL AND care_experienced AND child_at_issue AS at_risk_before
    FROM woman_now
    CROSS JOIN count_of
    LEFT JOIN removals.history USING (linkage, removals, woman_id)
    LEFT JOIN ever USING (linkage, woman_id)
),
placed AS (
    SELECT
        *,
        CASE
            WHEN died_on IS NOT NULL THEN 'died'
            WHEN age IS NULL THEN 'age_not_known'
            WHEN age < $age_min OR age > $age_max THEN 'outside_age'
            WHEN left_area THEN 'left_area'
            WHEN at_risk_before THEN NULL
            WHEN removed_children = 0 THEN 'no_removal'
            WHEN latest_on < $lookback_from THEN 'outside_lookback'
        END AS no_tier
    FROM facts
)
SELECT
    *,
    CASE
        WHEN no_tier IS NOT NULL THEN NULL
        WHEN at_risk_before THEN 'T4'
        WHEN removed_children = 1 THEN 'T3'
        WHEN in_her_care = 'no' AND NOT pregnant THEN 'T1'
        ELSE 'T2'
    END AS tier
FROM placed
