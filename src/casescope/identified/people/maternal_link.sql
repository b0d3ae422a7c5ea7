-- Usable rows of the relationship table, between people: birth, or not said (then doubtful), and
-- no other relation, where a system gives fathers, grandmothers or guardians in the same table;
-- known by the reference date; never a person and herself, nor a mother of whom nothing is known but
-- that she is not known.
SELECT
    mother.subject AS woman_id,
    child.subject AS child_id,
    moth_person_id,
    moth_childs_dob,
    moth_start_date,
    moth_table_id,
    lower(coalesce(moth_relationship, 'unknown')) NOT IN
        ('birth', 'birth mother', 'biological', 'biological mother', 'natural') AS doubtful
FROM extract.mother
JOIN record AS mother ON mother.person_id = moth_person_id
JOIN record AS child ON child.person_id = moth_childs_person_id
WHERE mother.subject <> child.subject
  AND moth_person_id NOT IN (SELECT person_id FROM links.nobody)
  AND (moth_start_date IS NULL OR moth_start_date <= $reference_date)
  AND NOT regexp_matches(lower(coalesce(moth_relationship, '')), 'adopt|step|foster|father|grand|aunt|uncle|sister|brother|sibling|cousin|guardian|kinship|partner')
