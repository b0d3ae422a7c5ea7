-- Women followed for the local removal rate. The clock starts the day after the event at which a
-- woman first had two removed children while of child-bearing age, judged on what was known that
-- day: an event is over on the day of its last removal, and children first removed later don't
-- count towards the two. It stops at the earliest of reference date, death, known leaving and her
-- ($age_max + 1)th birthday. Leaving before the event is over is ignored: the removal shows that
-- she had come back.
WITH known AS (
    SELECT
        event.linkage, event.removals, event.woman_id, account, event.event, event.latest_on
    FROM removals.event
    JOIN removals.account USING (linkage, removals, woman_id)
    JOIN newly_removed USING (account)
    WHERE newly_removed.first_on <= event.latest_on
    GROUP BY ALL
    HAVING count(*) >= 2
),
begun AS (
    SELECT linkage, removals, woman_id, account, min(latest_on) AS started_on
    FROM known
    JOIN woman_now USING (linkage, woman_id)
    WHERE (strftime(latest_on, '%Y%m%d')::INTEGER - strftime(dob, '%Y%m%d')::INTEGER) // 10000
        BETWEEN $age_min AND $age_max
    GROUP BY linkage, removals, woman_id, account
),
stopped AS (
    SELECT
        begun.*,
        woman_now.dob,
        least(
            $reference_date::DATE,
            coalesce(woman_now.died_on, DATE '9999-12-31'),
            CAST(woman_now.dob + to_years($age_max + 1) AS DATE),
            coalesce(
                list_min(list_filter(woman_now.left_days, lambda day: day >= started_on)),
                DATE '9999-12-31'
            )
        ) AS ended_on
    FROM begun
    JOIN woman_now USING (linkage, woman_id)
)
SELECT * FROM stopped WHERE ended_on > started_on
