-- Removals under each count of removals.
SELECT
    removals,
    count(*) AS removals_made,
    count(DISTINCT child) AS children,
    count(DISTINCT woman) AS women,
    count(*) FILTER (newborn) AS newborns,
    count(*) - count(DISTINCT child) AS reentries
FROM removal
WHERE linkage = $linkage
GROUP BY removals
