-- The course of care of removed children (broad) of women in T1 to T3 whose first removal lies so
-- far back that all have been followed equally long: by age at the first removal, how care ended
-- and kind of placement, how many children there are, how many had any days in it, these days, and
-- how much of them the two families with most had.
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
        AND care_course.first_day <= $latest_first_day
),
stay AS (
    SELECT age_group, ending, 'relatives' AS kind, woman, days_relatives AS days FROM course
    UNION ALL SELECT age_group, ending, 'foster', woman, days_foster FROM course
    UNION ALL SELECT age_group, ending, 'adoption', woman, days_adoption FROM course
    UNION ALL SELECT age_group, ending, 'residential', woman, days_residential FROM course
    UNION ALL SELECT age_group, ending, 'with_parent', woman, days_with_parent FROM course
    UNION ALL SELECT age_group, ending, 'other', woman, days_other FROM course
),
family AS (
    SELECT
        age_group,
        ending,
        kind,
        woman,
        count(*) AS children,
        count(CASE WHEN days > 0 THEN 1 END) AS with_days,
        CAST(sum(days) AS BIGINT) AS days
    FROM stay
    GROUP BY age_group, ending, kind, woman
),
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY age_group, ending, kind ORDER BY days DESC, woman
        ) AS place
    FROM family
)
SELECT
    age_group,
    ending,
    kind,
    CAST(sum(children) AS BIGINT) AS children,
    CAST(sum(with_days) AS BIGINT) AS with_days,
    CAST(sum(days) AS BIGINT) AS days,
    CAST(max(days) AS BIGINT) AS most_days,
    CAST(coalesce(max(CASE WHEN place = 2 THEN days END), 0) AS BIGINT) AS second_most_days
FROM ranked
GROUP BY age_group, ending, kind
