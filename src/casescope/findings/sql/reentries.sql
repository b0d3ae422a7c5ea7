-- Women a child of whom was taken again after going home, under each count of removals.
SELECT
    removals,
    count(DISTINCT woman) AS women
FROM removal
WHERE linkage = $linkage AND NOT new_child
GROUP BY removals
