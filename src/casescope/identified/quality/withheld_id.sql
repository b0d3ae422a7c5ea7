-- Ids of everyone who is withheld, in the number series of the case system and of the return.
SELECT 'person' AS source, person_id AS id
FROM people.record JOIN people.withheld USING (subject)
UNION
SELECT '903', child_903 FROM people.child_903 JOIN people.withheld USING (subject)
