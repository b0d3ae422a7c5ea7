-- Every id of everyone who is not withheld, and the person behind it.
SELECT 'person' AS source, person_id AS source_id, subject, registered
FROM record
WHERE subject NOT IN (SELECT subject FROM withheld)
UNION ALL
SELECT '903', child_903, child_903.subject, identity.registered
FROM child_903
JOIN identities.identity AS identity
  ON identity.source = '903' AND identity.source_id = child_903
WHERE child_903.subject NOT IN (SELECT subject FROM withheld)
