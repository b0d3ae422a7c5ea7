-- The time of the women followed for the local removal rate, by her age and by the time since her
-- latest event, with the children newly removed in it. Days run from the day after `after_on` to
-- `until_on`; a band begins on a birthday or anniversary, so the cut is the day before.
WITH age_from AS (
    SELECT unnest([20, 25, 30, 35]) AS years
),
since_from AS (
    SELECT unnest([1, 2, 3, 5]) AS years
),
event_over AS (
    SELECT followed.linkage, followed.removals, followed.woman_id, event.latest_on
    FROM followed
    JOIN removals.event USING (linkage, removals, woman_id)
    WHERE event.latest_on >= started_on AND event.latest_on < ended_on
),
cut AS (
    SELECT linkage, removals, woman_id, latest_on AS after_on FROM event_over
    UNION
    SELECT linkage, removals, woman_id, CAST(latest_on + to_years(years) AS DATE) - 1
    FROM event_over CROSS JOIN since_from
    UNION
    SELECT linkage, removals, woman_id, CAST(dob + to_years(years) AS DATE) - 1
    FROM followed CROSS JOIN age_from
),
piece AS (
    SELECT
        followed.*,
        after_on,
        coalesce(
            lead(after_on) OVER (PARTITION BY linkage, removals, woman_id ORDER BY after_on),
            ended_on
        ) AS until_on
    FROM followed
    JOIN cut USING (linkage, removals, woman_id)
    WHERE after_on >= started_on AND after_on < ended_on
),
since AS (
    SELECT piece.*, max(event_over.latest_on) AS last_on
    FROM piece
    JOIN event_over USING (linkage, removals, woman_id)
    WHERE event_over.latest_on <= piece.after_on
    GROUP BY ALL
),
counted AS (
    SELECT since.*, count(newly_removed.child_id) AS children
    FROM since
    LEFT JOIN newly_removed
      ON newly_removed.account = since.account
     AND newly_removed.first_on > since.after_on AND newly_removed.first_on <= since.until_on
    GROUP BY ALL
),
banded AS (
    SELECT
        *,
        CASE
            WHEN after_on + 1 < CAST(dob + to_years(20) AS DATE) THEN 'under 20'
            WHEN after_on + 1 < CAST(dob + to_years(25) AS DATE) THEN '20–24'
            WHEN after_on + 1 < CAST(dob + to_years(30) AS DATE) THEN '25–29'
            WHEN after_on + 1 < CAST(dob + to_years(35) AS DATE) THEN '30–34'
            ELSE '35 and over'
        END AS age_band,
        CASE
            WHEN after_on + 1 < CAST(last_on + to_years(1) AS DATE) THEN 'under 1 year'
            WHEN after_on + 1 < CAST(last_on + to_years(2) AS DATE) THEN '1 year'
            WHEN after_on + 1 < CAST(last_on + to_years(3) AS DATE) THEN '2 years'
            WHEN after_on + 1 < CAST(last_on + to_years(5) AS DATE) THEN '3 to 4 years'
            ELSE '5 years or more'
        END AS since_event
    FROM counted
)
SELECT
    linkage,
    removals,
    woman_id,
    age_band,
    since_event,
    CAST(sum(until_on - after_on) AS INTEGER) AS days,
    CAST(sum(children) AS INTEGER) AS children
FROM banded
GROUP BY linkage, removals, woman_id, age_band, since_event
