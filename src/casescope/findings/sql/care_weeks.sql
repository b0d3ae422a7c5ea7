-- Days in each kind of placement since their first removal (broad), of children of women in T1 to
-- T3, and how many of these children had any.
WITH course AS (
    SELECT care_course.*
    FROM care_course
    INNER JOIN standing
        ON standing.linkage = care_course.linkage
        AND standing.removals = care_course.removals
        AND standing.woman = care_course.woman
    WHERE care_course.linkage = $linkage
        AND care_course.removals = 'broad'
        AND standing.tier IN ('T1', 'T2', 'T3')
),
stay AS (
    SELECT 'relatives' AS kind, days_relatives AS days FROM course
    UNION ALL SELECT 'foster', days_foster FROM course
    UNION ALL SELECT 'adoption', days_adoption FROM course
    UNION ALL SELECT 'residential', days_residential FROM course
    UNION ALL SELECT 'with_parent', days_with_parent FROM course
    UNION ALL SELECT 'other', days_other FROM course
)
SELECT kind, count(*) AS children, CAST(sum(days) AS BIGINT) AS days
FROM stay
WHERE days > 0
GROUP BY kind
