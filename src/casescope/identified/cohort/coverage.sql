-- Linkage coverage: children with a removal (broad), and how many of them a mother was found for;
-- in all, by year of first removal and age at it, by how care ended and by ethnicity group.
WITH ethnic_group AS (
    SELECT unnest($ethnic_codes) AS ethnicity, unnest($ethnic_groups) AS ethnic_group
),
described AS (
    SELECT
        l.linkage,
        removed_child.child_id,
        motherhood.child_id IS NOT NULL AS with_mother,
        CAST(year(first_removed_on) AS VARCHAR) AS year,
        CASE
            WHEN age IS NULL OR age < 0 THEN 'not known'
            WHEN age_days < 28 THEN 'under 28 days'
            WHEN age < 1 THEN '28 days to under 1'
            WHEN age <= 4 THEN '1–4'
            WHEN age <= 9 THEN '5–9'
            WHEN age <= 15 THEN '10–15'
            ELSE '16–17'
        END AS age,
        ended,
        coalesce(ethnic_group, 'Not recorded') AS ethnicity
    FROM removed_child
    CROSS JOIN (SELECT unnest($linkages) AS linkage) AS l
    JOIN people.child USING (child_id)
    LEFT JOIN ethnic_group USING (ethnicity)
    LEFT JOIN people.motherhood
      ON motherhood.child_id = removed_child.child_id AND motherhood.linkage = l.linkage
),
grouped AS (
    SELECT linkage, 'year' AS breakdown, year AS value, with_mother FROM described
    UNION ALL SELECT linkage, 'age', age, with_mother FROM described
    UNION ALL SELECT linkage, 'ended', ended, with_mother FROM described
    UNION ALL SELECT linkage, 'ethnicity', ethnicity, with_mother FROM described
)
SELECT
    l.linkage,
    'all' AS breakdown,
    'all' AS value,
    count(child_id)::INTEGER AS removed_children,
    (count(child_id) FILTER (with_mother))::INTEGER AS with_mother
FROM (SELECT unnest($linkages) AS linkage) AS l
LEFT JOIN described ON described.linkage = l.linkage
GROUP BY l.linkage
UNION ALL
SELECT linkage, breakdown, value, count(*)::INTEGER, (count(*) FILTER (with_mother))::INTEGER
FROM grouped
GROUP BY linkage, breakdown, value
