-- How many women are followed for the local removal rate, under every linkage and count.
SELECT linkage, removals, count(DISTINCT woman) AS women
FROM exposure
GROUP BY linkage, removals
