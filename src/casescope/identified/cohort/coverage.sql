-- Linkage coverage: children with a removal (broad), and how many of them a mother was found for;
-- in all, by year of first removal, by how care ended and by ethnicity group.
WITH ethnic_group AS (
    SELECT unnest($ethnic_codes) AS ethnicity, unnest($ethnic_groups) AS ethnic_group
),
removed AS (
    SELECT child_id, min(removed_on) AS removed_on
    FROM removals.removal WHERE basis = 'care' GROUP BY child_id
),
described AS (
    SELECT
        l.linkage,
        removed.child_id,
        motherhood.child_id IS NOT NULL AS with_mother,
        CAST(year(removed_on) AS VARCHAR) AS year,
        CASE
            WHEN in_care THEN 'still in care'
            WHEN last_reason IN $adopted_reasons THEN 'adopted'
            WHEN last_reason IN ('E41', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48')
                THEN 'special guardianship or child arrangements'
            WHEN last_reason IN ('E4A', 'E4B') THEN 'returned home'
            ELSE 'other or not known'
        END AS ended,
        coalesce(ethnic_group, 'Not recorded') AS ethnicity
    FROM removed
    CROSS JOIN (SELECT unnest($linkages) AS linkage) AS l
    JOIN whereabouts USING (child_id)
    JOIN people.child USING (child_id)
    LEFT JOIN ethnic_group USING (ethnicity)
    LEFT JOIN people.motherhood
      ON motherhood.child_id = removed.child_id AND motherhood.linkage = l.linkage
),
grouped AS (
    SELECT linkage, 'year' AS breakdown, year AS value, with_mother FROM described
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
