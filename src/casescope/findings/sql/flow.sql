-- The flow diagram from all person records down to each tier.
SELECT name, kind, women
FROM flow
WHERE linkage = $linkage AND removals = 'broad'
ORDER BY step
