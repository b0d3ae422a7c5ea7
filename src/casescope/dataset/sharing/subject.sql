-- What is known of each woman whom the shared dataset may tell of, as fine as it gets: those in a
-- tier or with a removed child, under the leading linkage and the broad count. Only a child's first
-- removal counts here, and only events that took a child for the first time.
WITH child AS (
    SELECT
        woman,
        list(age_group ORDER BY list_position($age_groups, age_group)) AS child_ages
    FROM care_course
    WHERE linkage = $linkage AND removals = 'broad'
    GROUP BY woman
),
first_time AS (
    SELECT woman, list(day ORDER BY day) AS days
    FROM event
    WHERE linkage = $linkage AND removals = 'broad' AND new_children > 0
    GROUP BY woman
)
SELECT
    standing.woman AS woman,
    woman.age AS age,
    woman.ethnicity AS ethnicity,
    woman.area AS area,
    standing.removed_children AS children,
    coalesce(child.child_ages, []) AS child_ages,
    coalesce(first_time.days, []) AS days,
    CASE WHEN spell.ending <> 'event' THEN spell.follow_up_days END AS followed,
    coalesce(standing.tier, 'none') AS tier,
    standing.in_her_care AS in_her_care,
    standing.pregnant AS pregnant,
    woman.care_experienced AS care_experienced,
    coalesce(spell.ending, 'no removal') AS ending
FROM standing
INNER JOIN woman ON woman.linkage = standing.linkage AND woman.woman = standing.woman
LEFT JOIN child ON child.woman = standing.woman
LEFT JOIN first_time ON first_time.woman = standing.woman
LEFT JOIN spell
    ON spell.linkage = standing.linkage
    AND spell.removals = standing.removals
    AND spell.woman = standing.woman
WHERE standing.linkage = $linkage
    AND standing.removals = 'broad'
    AND (standing.tier IS NOT NULL OR standing.removed_children > 0)
ORDER BY standing.woman
