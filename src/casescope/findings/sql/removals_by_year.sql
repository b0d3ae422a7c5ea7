-- Broad removals by calendar year, and how many of them were the child's first.
SELECT
    CAST(year($reference_date + day) AS INTEGER) AS year,
    count(*) AS removals_made,
    count(*) FILTER (new_child) AS first_removals
FROM removal
WHERE linkage = $linkage AND removals = 'broad'
GROUP BY year
ORDER BY year
