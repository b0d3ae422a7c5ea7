-- Broad removals by calendar year, and how many of them were the child's first.
SELECT
    CAST(year($reference_date + day) AS INTEGER) AS year,
    count(*) AS removals_made,
    count(*) FILTER (day = first_day) AS first_removals
FROM (
    SELECT day, min(day) OVER (PARTITION BY child) AS first_day
    FROM removal
    WHERE linkage = $linkage AND removals = 'broad'
) AS taken
GROUP BY year
ORDER BY year
