-- Women in T1 to T3 by age at the reference date, as told.
SELECT
    age AS band,
    tier,
    count(*) AS women,
    count(*) FILTER (tier = 'T2' AND in_her_care = 'unknown' AND NOT pregnant) AS only_unknown
FROM shared_woman
WHERE tier IN ('T1', 'T2', 'T3')
GROUP BY band, tier
