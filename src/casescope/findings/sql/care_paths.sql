-- The course of care of removed children (broad) of women in T1 to T3 whose first removal lies so
-- far back that all have been followed equally long: by age at the first removal and how care
-- ended, how many children, and days in each kind of placement with the children who had any.
SELECT
    age_group,
    ending,
    count(*) AS children,
    CAST(sum(days_relatives) AS BIGINT) AS relatives_days,
    count(*) FILTER (days_relatives > 0) AS relatives_children,
    CAST(sum(days_foster) AS BIGINT) AS foster_days,
    count(*) FILTER (days_foster > 0) AS foster_children,
    CAST(sum(days_adoption) AS BIGINT) AS adoption_days,
    count(*) FILTER (days_adoption > 0) AS adoption_children,
    CAST(sum(days_residential) AS BIGINT) AS residential_days,
    count(*) FILTER (days_residential > 0) AS residential_children,
    CAST(sum(days_with_parent) AS BIGINT) AS with_parent_days,
    count(*) FILTER (days_with_parent > 0) AS with_parent_children,
    CAST(sum(days_other) AS BIGINT) AS other_days,
    count(*) FILTER (days_other > 0) AS other_children
FROM care_course
INNER JOIN standing
    ON standing.linkage = care_course.linkage
    AND standing.removals = care_course.removals
    AND standing.woman = care_course.woman
WHERE care_course.linkage = $linkage
    AND care_course.removals = 'broad'
    AND standing.tier IN ('T1', 'T2', 'T3')
    AND care_course.first_day <= $latest_first_day
GROUP BY age_group, ending
