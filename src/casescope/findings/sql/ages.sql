-- Women in T1 to T3 by age at the reference date.
SELECT
    CASE
        WHEN woman.age < 20 THEN 'Under 20'
        WHEN woman.age < 25 THEN '20–24'
        WHEN woman.age < 30 THEN '25–29'
        WHEN woman.age < 35 THEN '30–34'
        WHEN woman.age < 40 THEN '35–39'
        ELSE '40 and over'
    END AS band,
    standing.tier AS tier,
    count(*) AS women,
    count(*) FILTER (
        standing.tier = 'T2' AND standing.in_her_care = 'unknown' AND NOT standing.pregnant
    ) AS only_unknown
FROM standing
INNER JOIN woman ON woman.linkage = standing.linkage AND woman.woman = standing.woman
WHERE standing.linkage = $linkage
    AND standing.removals = 'broad'
    AND standing.tier IN ('T1', 'T2', 'T3')
GROUP BY band, tier
