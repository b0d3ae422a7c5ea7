-- Time from the first removal (broad) to permanence of children of women in T1 to T3, grouped by
-- its length; a child without permanence is followed as long as the records tell.
SELECT
    age_group AS band,
    permanence_days AS day,
    count(*) FILTER (WHERE permanence <> 'none') AS events,
    count(*) FILTER (WHERE permanence = 'none') AS censored
FROM care_course
INNER JOIN standing
    ON standing.linkage = care_course.linkage
    AND standing.removals = care_course.removals
    AND standing.woman = care_course.woman
WHERE care_course.linkage = $linkage
    AND care_course.removals = 'broad'
    AND standing.tier IN ('T1', 'T2', 'T3')
GROUP BY band, day
