-- Each 903 child id and the person it stands for: the same id in the case system, else a linked
-- identifier, else the same UPN, else the name that an alias gives the id and the date of birth in
-- the 903 header. Where one way names two people it joins nobody, and the next is tried. Two number
-- series may overlap: the same id is not taken where its birth date is another and a linked
-- identifier names somebody born on the day in the header.
WITH child AS (
    SELECT source_id AS child_903, registered AS own_number, subject_id AS own_subject_id
    FROM identities.identity
    JOIN extract.named USING (source, source_id)
    WHERE source = '903'
),
born AS (
    SELECT subject, list(pers_dob) AS dobs
    FROM extract.person JOIN record ON record.person_id = pers_person_id
    WHERE pers_dob IS NOT NULL
    GROUP BY subject
),
header AS (
    SELECT "CHILD" AS child_903, "DOB" AS dob, "UPN" AS upn FROM extract.header
),
linked AS (
    SELECT child_903, min(subject) AS subject, count(DISTINCT subject) AS people
    FROM child
    JOIN extract.linked_identifier
      ON upper(replace(link_identifier_value, ' ', '')) = upper(replace(child_903, ' ', ''))
    JOIN record ON record.person_id = link_person_id
    WHERE NOT regexp_matches(lower(link_identifier_type), 'family|household|sibling|group|address|case')
    GROUP BY child_903
),
another AS (
    SELECT child_903
    FROM header
    JOIN record ON record.person_id = child_903
    JOIN born AS same ON same.subject = record.subject
    JOIN linked USING (child_903)
    JOIN born AS named ON named.subject = linked.subject
    WHERE people = 1 AND linked.subject <> record.subject
    GROUP BY child_903
    HAVING bool_and(NOT list_contains(same.dobs, dob)) AND bool_or(list_contains(named.dobs, dob))
),
same_id AS (
    SELECT child_903, subject
    FROM child JOIN record ON record.person_id = child_903
    WHERE child_903 NOT IN (SELECT child_903 FROM another)
),
upn AS (
    SELECT child_903, min(subject) AS subject, count(DISTINCT subject) AS people
    FROM header
    JOIN extract.person ON person.pers_upn = header.upn
    JOIN record ON record.person_id = person.pers_person_id
    WHERE NOT regexp_matches(header.upn, '^UN[0-9]$')
    GROUP BY child_903
),
named AS (
    SELECT child_903, min(subject) AS subject, count(DISTINCT subject) AS people
    FROM header
    JOIN extract.person_alias ON alias_person_id = child_903
    JOIN extract.person
      ON pers_dob = header.dob
     AND regexp_replace(lower(pers_surname), '[^\p{L}]', '', 'g')
       = regexp_replace(lower(alias_surname), '[^\p{L}]', '', 'g')
     AND regexp_replace(lower(pers_forename), '[^\p{L}]', '', 'g')
       = regexp_replace(lower(alias_forename), '[^\p{L}]', '', 'g')
    JOIN record ON record.person_id = pers_person_id
    GROUP BY child_903
)
SELECT
    child.child_903,
    child.own_subject_id,
    CASE
        WHEN same_id.subject IS NOT NULL THEN same_id.subject
        WHEN linked.people = 1 THEN linked.subject
        WHEN upn.people = 1 THEN upn.subject
        WHEN named.people = 1 THEN named.subject
        ELSE own_number
    END AS subject,
    CASE
        WHEN same_id.subject IS NOT NULL THEN 'same id'
        WHEN linked.people = 1 THEN 'linked identifier'
        WHEN upn.people = 1 THEN 'UPN'
        WHEN named.people = 1 THEN 'name and birth date'
        ELSE 'not joined'
    END AS joined_by,
    CASE
        WHEN same_id.subject IS NOT NULL OR 1 IN (linked.people, upn.people, named.people)
            THEN NULL
        WHEN linked.people > 1 THEN 'ambiguous: a linked identifier names several people'
        WHEN upn.people > 1 THEN 'ambiguous: several people have its UPN'
        WHEN named.people > 1 THEN 'ambiguous: several people have its name and birth date'
        ELSE 'no such id'
    END AS reason
FROM child
LEFT JOIN same_id USING (child_903)
LEFT JOIN linked USING (child_903)
LEFT JOIN upn USING (child_903)
LEFT JOIN named USING (child_903)
