-- From each woman's first event to the next with a new child, or to what ended her follow-up; and
-- likewise to the next with a new child under 28 days old, whatever other events come before it.
WITH first_event AS (
    SELECT * FROM removals.event WHERE event = 1
),
next_new AS (
    SELECT
        linkage,
        removals,
        woman_id,
        min(event_on) AS next_on,
        min(event_on) FILTER (newborn) AS next_newborn_on
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
        next_new.next_newborn_on,
        woman_now.died_on,
        CAST(woman_now.dob + to_years($age_max + 5) AS DATE) AS age_limit_on,
        list_min(list_filter(woman_now.left_days, lambda day: day >= first_event.event_on)) AS left_on
    FROM first_event
    JOIN woman_now USING (linkage, woman_id)
    LEFT JOIN next_new USING (linkage, removals, woman_id)
),
followed AS (
    SELECT
        *,
        least(
            $reference_date::DATE,
            coalesce(died_on, DATE '9999-12-31'),
            coalesce(age_limit_on, DATE '9999-12-31'),
            coalesce(left_on, DATE '9999-12-31')
        ) AS until
    FROM ends
    WHERE coalesce(died_on > index_on, true) AND coalesce(age_limit_on > index_on, true)
),
ended AS (
    SELECT
        *,
        CASE
            WHEN died_on = until THEN 'died'
            WHEN age_limit_on = until THEN 'age_limit'
            WHEN left_on = until THEN 'left'
            ELSE 'end_of_extract'
        END AS otherwise
    FROM followed
)
SELECT
    linkage,
    removals,
    woman_id,
    index_on,
    CAST((strftime(index_on, '%Y%m%d')::INTEGER - strftime(dob, '%Y%m%d')::INTEGER) // 10000
        AS INTEGER) AS age_at_index,
    newborn_index,
    CAST(least(until, coalesce(next_on, until)) - index_on AS INTEGER) AS follow_up_days,
    CASE WHEN next_on <= until THEN 'event' ELSE otherwise END AS ending,
    CAST(least(until, coalesce(next_newborn_on, until)) - index_on AS INTEGER)
        AS newborn_follow_up_days,
    CASE WHEN next_newborn_on <= until THEN 'event' ELSE otherwise END AS newborn_ending
FROM ended
