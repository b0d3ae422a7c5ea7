-- Each 903 child id and the person it stands for: the same id in the case system, else a linked
-- identifier, else the same UPN. Where one way names two people, none is taken.
WITH child AS (
    SELECT source_id AS child_903, registered AS own_number, subject_id AS own_subject_id
    FROM identities.identity
    JOIN extract.named USING (source, source_id)
    WHERE source = '903'
),
same_id AS (
    SELECT child_903, subject FROM child JOIN record ON record.person_id = child_903
),
linked AS (
    SELECT child_903, min(subject) AS subject
    FROM child
    JOIN extract.linked_identifier ON link_identifier_value = child_903
    JOIN record ON record.person_id = link_person_id
    GROUP BY child_903
    HAVING count(DISTINCT subject) = 1
),
upn AS (
    SELECT child_903, min(subject) AS subject
    FROM child
    JOIN extract.header ON header."CHILD" = child_903
    JOIN extract.person ON person.pers_upn = header."UPN"
    JOIN record ON record.person_id = person.pers_person_id
    WHERE NOT regexp_matches(header."UPN", '^UN[0-9]$')
    GROUP BY child_903
    HAVING count(DISTINCT subject) = 1
)
SELECT
    child.child_903,
    child.own_subject_id,
    coalesce(same_id.subject, linked.subject, upn.subject, own_number) AS subject,
    CASE
        WHEN same_id.subject IS NOT NULL THEN 'same id'
        WHEN linked.subject IS NOT NULL THEN 'linked identifier'
        WHEN upn.subject IS NOT NULL THEN 'UPN'
        ELSE 'not joined'
    END AS joined_by
FROM child
LEFT JOIN same_id USING (child_903)
LEFT JOIN linked USING (child_903)
LEFT JOIN upn USING (child_903)
