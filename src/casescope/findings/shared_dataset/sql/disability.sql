-- Women in T1 to T3 by whether a learning disability or difficulty, or a physical ill-health or
-- disability, is recorded at any time; one yes outweighs a recorded no.
WITH recorded AS (
    SELECT woman, bool_or(state = 'yes') AS yes
    FROM shared_issue
    WHERE timing = 'ever' AND issue IN ('learning_disability', 'physical_health')
    GROUP BY woman
)
SELECT
    CASE
        WHEN recorded.yes THEN 'Recorded'
        WHEN NOT recorded.yes THEN 'Recorded no'
        ELSE 'Not recorded'
    END AS band,
    shared_woman.tier AS tier,
    count(*) AS women,
    count(*) FILTER (
        shared_woman.tier = 'T2'
        AND shared_woman.in_her_care = 'unknown'
        AND NOT shared_woman.pregnant
    ) AS only_unknown
FROM shared_woman
LEFT JOIN recorded ON recorded.woman = shared_woman.woman
WHERE shared_woman.tier IN ('T1', 'T2', 'T3')
GROUP BY band, shared_woman.tier
