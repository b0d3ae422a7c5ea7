-- Women in T1 to T3 by whether a learning disability or difficulty, or a physical ill-health or
-- disability, is recorded at any time; one yes outweighs a recorded no.
WITH recorded AS (
    SELECT woman, bool_or(state = 'yes') AS yes
    FROM issue
    WHERE linkage = $linkage
        AND removals = 'broad'
        AND source = 'structured'
        AND timing = 'ever'
        AND issue IN ('learning_disability', 'physical_health')
    GROUP BY woman
)
SELECT
    CASE
        WHEN recorded.yes THEN 'Recorded'
        WHEN NOT recorded.yes THEN 'Recorded no'
        ELSE 'Not recorded'
    END AS band,
    standing.tier AS tier,
    count(*) AS women,
    count(*) FILTER (
        standing.tier = 'T2' AND standing.in_her_care = 'unknown' AND NOT standing.pregnant
    ) AS only_unknown
FROM standing
LEFT JOIN recorded ON recorded.woman = standing.woman
WHERE standing.linkage = $linkage
    AND standing.removals = 'broad'
    AND standing.tier IN ('T1', 'T2', 'T3')
GROUP BY band, tier
