-- What structured records say she lives with, under the linkage and count that are shared.
SELECT woman, issue, timing, bool_or(state = 'yes') AS yes
FROM issue
WHERE linkage = $linkage
    AND removals = 'broad'
    AND source = 'structured'
    AND list_contains($women, woman)
GROUP BY woman, issue, timing
