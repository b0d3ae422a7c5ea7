-- Women a child of whom was taken again after going home, under each count of removals.
SELECT removals, count(DISTINCT woman) AS women
FROM (
    SELECT removals, woman, child
    FROM removal
    WHERE linkage = $linkage
    GROUP BY removals, woman, child
    HAVING count(*) > 1
) AS taken_again
GROUP BY removals
