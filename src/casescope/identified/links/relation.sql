-- Who is recorded as whose mother, also by the legal team's tracker, but for those said to be another
-- relation (adoptive, step or foster mother, father, grandmother, guardian …).
WITH said AS (
    SELECT moth_person_id AS mother_record, moth_childs_person_id AS child_record
    FROM extract.mother
    WHERE NOT regexp_matches(lower(coalesce(moth_relationship, '')), 'adopt|step|foster|father|grand|aunt|uncle|sister|brother|sibling|cousin|guardian|kinship|partner')
    UNION
    SELECT proc_mother_person_id, proc_child_person_id FROM extract.proceedings
)
SELECT DISTINCT mother.subject, child.subject AS child, child.person_id AS child_record
FROM said
JOIN record AS mother ON mother.person_id = mother_record
JOIN record AS child ON child.person_id = child_record
WHERE mother.subject <> child.subject
  AND mother_record NOT IN (SELECT person_id FROM nobody)
