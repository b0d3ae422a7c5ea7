-- Removals by the child's age, under each count of removals.
SELECT removals, age_group AS band, count(*) AS removals_made
FROM removal
WHERE linkage = $linkage
GROUP BY removals, band
