-- Days between consecutive removal events of a woman, under each count of removals.
SELECT removals, day - previous_day AS days, count(*) AS intervals
FROM (
    SELECT removals, day, lag(day) OVER (PARTITION BY removals, woman ORDER BY event) AS previous_day
    FROM event
    WHERE linkage = $linkage
) AS stepped
WHERE previous_day IS NOT NULL
GROUP BY removals, days
