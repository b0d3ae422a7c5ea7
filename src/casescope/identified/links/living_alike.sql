-- Pairs of records that share a postcode, hers or her children's, and the beginning of a forename;
-- of more than a dozen who shared it, the forename or a form of it: else a street would be compared
-- with itself, and there an initial in common says nothing.
WITH place AS (
    SELECT unique_id, forename, meant, families, postcode,
           count(*) OVER (PARTITION BY postcode) > 12 AS is_crowded
    FROM (SELECT *, unnest(near_homes) AS postcode FROM appearance)
)
SELECT l.unique_id AS one, r.unique_id AS other
FROM place AS l JOIN place AS r ON l.postcode = r.postcode
WHERE l.unique_id < r.unique_id
  AND (NOT l.is_crowded AND l.forename[1] = r.forename[1]
       OR l.meant = r.meant
       OR list_has_any(l.families, r.families))
