-- Pairs of records that share a claim, each record paired with the first that makes it. A value
-- that many records share (a placeholder such as 0000000000) identifies nobody.
WITH shared AS (
    SELECT kind, value, min(person_id) AS first_person
    FROM claim
    GROUP BY kind, value
    HAVING count(DISTINCT person_id) BETWEEN 2 AND 8
)
SELECT DISTINCT claim.person_id AS one, shared.first_person AS other
FROM claim JOIN shared USING (kind, value)
WHERE claim.person_id <> shared.first_person
