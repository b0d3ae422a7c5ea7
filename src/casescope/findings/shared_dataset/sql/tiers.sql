-- Women in each tier, how many had a further event, and how many are in T2 only because nobody knows
-- where a child lives now.
SELECT
    'broad' AS removals,
    tier,
    count(*) AS women,
    count(*) FILTER (intervals NOT IN ('none', 'no removal')) AS with_repeat,
    count(*) FILTER (tier = 'T2' AND in_her_care = 'unknown' AND NOT pregnant) AS only_unknown,
    count(*) FILTER (
        tier = 'T2'
        AND in_her_care = 'unknown'
        AND NOT pregnant
        AND intervals NOT IN ('none', 'no removal')
    ) AS only_unknown_with_repeat
FROM shared_woman
WHERE tier <> 'none'
GROUP BY tier
ORDER BY tier
