-- How many women are followed for the local removal rate, under every linkage and count: all of them
-- (band ''), and those with time in each band of age and of time since the latest event.
WITH banded AS (
    SELECT linkage, removals, woman, '' AS band FROM exposure
    UNION ALL
    SELECT linkage, removals, woman, age_band FROM exposure
    UNION ALL
    SELECT linkage, removals, woman, since_event FROM exposure
)
SELECT linkage, removals, band, count(DISTINCT woman) AS women
FROM banded
GROUP BY linkage, removals, band
