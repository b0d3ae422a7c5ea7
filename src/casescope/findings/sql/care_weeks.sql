-- Days in each kind of placement since their first removal (broad), of children of women in T1 to
-- T3, how many of these children had any, and how much of it the two families with most had.
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
    SELECT 'relatives' AS kind, woman, days_relatives AS days FROM course
    UNION ALL SELECT 'foster', woman, days_foster FROM course
    UNION ALL SELECT 'adoption', woman, days_adoption FROM course
    UNION ALL SELECT 'residential', woman, days_residential FROM course
    UNION ALL SELECT 'with_parent', woman, days_with_parent FROM course
    UNION ALL SELECT 'other', woman, days_other FROM course
),
family AS (
    SELECT kind, woman, count(*) AS children, CAST(sum(days) AS BIGINT) AS days
    FROM stay
    WHERE days > 0
    GROUP BY kind, woman
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY days DESC, woman) AS place
    FROM family
)
SELECT
    kind,
    CAST(sum(children) AS BIGINT) AS children,
    CAST(sum(days) AS BIGINT) AS days,
    CAST(max(days) AS BIGINT) AS most_days,
    CAST(coalesce(max(CASE WHEN place = 2 THEN days END), 0) AS BIGINT) AS second_most_days
FROM ranked
GROUP BY kind
