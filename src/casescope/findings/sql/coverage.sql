-- Removed children, and those of them with a mother found.
SELECT breakdown, value, removed_children, with_mother
FROM coverage
WHERE linkage = $linkage
ORDER BY breakdown, value
