-- From each woman's first event to the next with a new child, or to what ended her follow-up.
WITH first_event AS (
    SELECT * FROM removals.event WHERE event = 1
),
next_new AS (
    SELECT linkage, removals, woman_id, min(event_on) AS next_on
    FROM removals.event
    WHERE event > 1 AND new_children > 0
    GROUP BY linkage, removals, woman_id
),
ends AS (
    SELECT
        first_event.linkage,
        first_event.removals,
        first_event.woman_id,
        first_event.event_on AS index_on,
        first_event.newborn AS newborn_index,
        woman_now.dob,
        next_new.next_on,
        woman_now.died_on,
        CAST(woman_now.dob + to_years($age_max + 5) AS DATE) AS age_limit_on,
        CASE WHEN woman_now.left_on > first_event.event_on THEN woman_now.left_on END AS left_on
    FROM first_event
    JOIN woman_now USING (linkage, woman_id)
    LEFT JOIN next_new USING (linkage, removals, woman_id)
),
ended AS (
    SELECT
        *,
        least(
            $reference_date::DATE,
            coalesce(next_on, DATE '9999-12-31'),
            coalesce(died_on, DATE '9999-12-31'),
            coalesce(age_limit_on, DATE '9999-12-31'),
            coalesce(left_on, DATE '9999-12-31')
        ) AS ended_on
    FROM ends
    WHERE coalesce(died_on > index_on, true) AND coalesce(age_limit_on > index_on, true)
)
SELECT
    linkage,
    removals,
    woman_id,
    index_on,
    CAST((strftime(index_on, '%Y%m%d')::INTEGER - strftime(dob, '%Y%m%d')::INTEGER) // 10000
        AS INTEGER) AS age_at_index,
    newborn_index,
    CAST(ended_on - index_on AS INTEGER) AS follow_up_days,
    CASE
        WHEN next_on = ended_on THEN 'event'
        WHEN died_on = ended_on THEN 'died'
        WHEN age_limit_on = ended_on THEN 'age_limit'
        WHEN left_on = ended_on THEN 'left'
        ELSE 'end_of_extract'
    END AS ending
FROM ended
