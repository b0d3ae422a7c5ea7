-- Women in each tier under each count of removals, and how many are in T2 only because nobody
-- knows where a child lives now.
SELECT
    removals,
    tier,
    count(*) AS women,
    count(*) FILTER (repeat_events >= 1) AS with_repeat,
    count(*) FILTER (tier = 'T2' AND in_her_care = 'unknown' AND NOT pregnant) AS only_unknown,
    count(*) FILTER (
        tier = 'T2' AND in_her_care = 'unknown' AND NOT pregnant AND repeat_events >= 1
    ) AS only_unknown_with_repeat,
    CAST(sum(removed_children) AS INTEGER) AS removed_children,
    CAST(coalesce(sum(removed_children) FILTER (
        tier = 'T2' AND in_her_care = 'unknown' AND NOT pregnant
    ), 0) AS INTEGER) AS only_unknown_children
FROM standing
WHERE linkage = $linkage AND tier IS NOT NULL
GROUP BY removals, tier
ORDER BY removals, tier
