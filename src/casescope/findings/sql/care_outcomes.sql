-- Removed children (broad) of women in T1 to T3 by age at the first removal, the kind of placement
-- where they spent most days since, and how care ended; a child without any days is under other.
SELECT
    age_group,
    CASE WHEN longest_kind = 'none' THEN 'other' ELSE longest_kind END AS kind,
    ending,
    count(*) AS children
FROM care_course
INNER JOIN standing
    ON standing.linkage = care_course.linkage
    AND standing.removals = care_course.removals
    AND standing.woman = care_course.woman
WHERE care_course.linkage = $linkage
    AND care_course.removals = 'broad'
    AND standing.tier IN ('T1', 'T2', 'T3')
GROUP BY age_group, kind, ending
