-- A number for each linkage of women and each count of removals: what follows sorts by it.
SELECT
    CAST(row_number() OVER (ORDER BY linkage, removals) AS INTEGER) AS variant,
    linkage,
    removals
FROM (SELECT DISTINCT linkage FROM people.motherhood) AS linkages
CROSS JOIN (VALUES ('broad'), ('strict'), ('wide')) AS counts(removals)
