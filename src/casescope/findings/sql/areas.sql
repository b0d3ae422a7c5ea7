-- Women in T1 to T3 by the area of their latest address.
SELECT
    woman.area AS band,
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
