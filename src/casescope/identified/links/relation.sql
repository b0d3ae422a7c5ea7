-- Who is recorded as whose mother, but for those said to be another relation
-- (adoptive, step or foster mother, father, grandmother, guardian …).
SELECT DISTINCT mother.subject, child.subject AS child, child.person_id AS child_record
FROM extract.mother
JOIN record AS mother ON mother.person_id = moth_person_id
JOIN record AS child ON child.person_id = moth_childs_person_id
WHERE mother.subject <> child.subject
  AND NOT regexp_matches(lower(coalesce(moth_relationship, '')), 'adopt|step|foster|father|grand|aunt|uncle|sister|brother|sibling|cousin|guardian|kinship|partner')
