-- An unborn record and the record opened for the same child after birth: both of one mother alone,
-- born between 120 days before and 45 days after the expected date, which no second pregnancy can
-- be. Each pregnancy goes with its nearest birth and each birth with its nearest pregnancy; twins
-- go in the order of their records. A record with an expected date of its own is not a second one,
-- and whoever stands in the 903 return is born already.
WITH link AS (
    SELECT DISTINCT mother.subject AS mother, child.subject AS child
    FROM extract.mother
    JOIN declared AS mother ON mother.person_id = moth_person_id
    JOIN declared AS child ON child.person_id = moth_childs_person_id
    WHERE mother.subject <> child.subject
      AND moth_person_id NOT IN (SELECT person_id FROM nobody)
      AND (moth_start_date IS NULL OR moth_start_date <= $reference_date)
      AND NOT regexp_matches(lower(coalesce(moth_relationship, '')), 'adopt|step|foster')
),
only_mother AS (
    SELECT child, min(mother) AS mother FROM link GROUP BY child HAVING count(*) = 1
),
in_return AS (
    SELECT subject FROM declared
    JOIN extract.named ON named.source = '903' AND named.source_id = declared.person_id
    UNION
    SELECT subject FROM declared
    JOIN extract.linked_identifier ON link_person_id = declared.person_id
    JOIN extract.named ON named.source = '903'
     AND upper(replace(named.source_id, ' ', '')) = upper(replace(link_identifier_value, ' ', ''))
    UNION
    SELECT subject FROM declared
    JOIN extract.person ON pers_person_id = declared.person_id
    JOIN extract.header
      ON header."UPN" = pers_upn AND NOT regexp_matches(pers_upn, '^UN[0-9]$')
),
dated AS (
    SELECT
        only_mother.child,
        only_mother.mother,
        coalesce(min(pers_dob), min(moth_childs_dob)) AS born_on,
        min(pers_expected_dob) AS expected_on
    FROM only_mother
    JOIN declared ON declared.subject = only_mother.child
    LEFT JOIN extract.person ON pers_person_id = declared.person_id
    LEFT JOIN extract.mother ON moth_childs_person_id = declared.person_id
    GROUP BY only_mother.child, only_mother.mother
),
unborn AS (
    SELECT
        *, row_number() OVER (PARTITION BY mother, expected_on ORDER BY child) AS place
    FROM dated
    WHERE born_on IS NULL AND expected_on IS NOT NULL
      AND child NOT IN (SELECT subject FROM in_return)
),
born AS (
    SELECT *, row_number() OVER (PARTITION BY mother, born_on ORDER BY child) AS place
    FROM dated
    WHERE born_on <= $reference_date AND expected_on IS NULL
),
near AS (
    SELECT DISTINCT
        mother, expected_on, born_on, abs(born_on - expected_on) AS days
    FROM (SELECT DISTINCT mother, expected_on FROM unborn)
    JOIN (SELECT DISTINCT mother, born_on FROM born) USING (mother)
    WHERE born_on - expected_on BETWEEN -120 AND 45
),
nearest AS (
    SELECT *
    FROM near
    QUALIFY row_number() OVER (PARTITION BY mother, expected_on ORDER BY days, born_on) = 1
        AND row_number() OVER (PARTITION BY mother, born_on ORDER BY days, expected_on) = 1
)
SELECT unborn.child AS unborn, born.child AS born
FROM nearest
JOIN unborn USING (mother, expected_on)
JOIN born ON born.mother = nearest.mother AND born.born_on = nearest.born_on
         AND born.place = unborn.place
