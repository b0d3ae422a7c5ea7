-- Every id of everyone who is not withheld, and the person behind it.
SELECT 'person' AS source, person_id AS source_id, subject_id, registered
FROM record
WHERE subject_id NOT IN (SELECT subject_id FROM withheld)
UNION ALL
SELECT '903', child_903, child_903.subject_id, identity.registered
FROM child_903
JOIN identities.identity AS identity
  ON identity.source = '903' AND identity.source_id = child_903
WHERE child_903.subject_id NOT IN (SELECT subject_id FROM withheld)
