-- Pairs of records that share a postcode, hers or her children's, and the beginning of a forename.
WITH place AS (
    SELECT unique_id, forename, families, unnest(near_homes) AS postcode FROM appearance
)
SELECT l.unique_id AS one, r.unique_id AS other
FROM place AS l JOIN place AS r ON l.postcode = r.postcode
WHERE l.unique_id < r.unique_id
  AND (l.forename[1] = r.forename[1] OR list_has_any(l.families, r.families))
