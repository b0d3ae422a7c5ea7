-- Certain facts of each person, one a row, that may forbid that two persons are one: valid NHS
-- numbers, days of birth and death, and whose mother somebody is. Dates are ISO 8601.
WITH nhs AS (
    SELECT pers_person_id AS person_id, replace(replace(pers_single_unique_id, ' ', ''), '-', '') AS digits
    FROM extract.person
),
-- The tenth digit checks the nine before it, weighed ten down to two (NHS Data Dictionary).
checked AS (
    SELECT person_id, digits, 11 - list_sum(list_transform(
        range(1, 10), lambda place: CAST(substr(digits, CAST(place AS INTEGER), 1) AS INTEGER) * (11 - place)
    )) % 11 AS digit
    FROM nhs
    WHERE regexp_full_match(digits, '[0-9]{10}')
),
fact AS (
    SELECT person_id, 'nhs' AS kind, digits AS value
    FROM checked
    WHERE digit % 11 = CAST(right(digits, 1) AS INTEGER) AND digit <> 10
      -- ten times one digit has a right tenth digit, and is nobody's number
      AND replace(digits, left(digits, 1), '') <> ''
    UNION ALL
    -- before 1920 stands what a system writes where no birth date is known
    SELECT pers_person_id, 'born', CAST(pers_dob AS VARCHAR)
    FROM extract.person WHERE year(pers_dob) >= 1920
    UNION ALL
    SELECT pers_person_id, 'died', CAST(pers_death_date AS VARCHAR)
    FROM extract.person WHERE pers_death_date <= $reference_date
    UNION ALL
    SELECT moth_person_id, 'mother of', CAST(child.subject AS VARCHAR)
    FROM extract.mother JOIN record AS child ON child.person_id = moth_childs_person_id
)
SELECT DISTINCT record.subject, fact.kind, fact.value
FROM fact JOIN record USING (person_id)
