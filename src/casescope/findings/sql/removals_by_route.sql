-- Removals by route, under each count of removals.
SELECT removals, route AS band, count(*) AS removals_made
FROM removal
WHERE linkage = $linkage
GROUP BY removals, band
