-- Women whose records strict linkage joins by name and 1 January: that day often stands for a birth
-- date of which only the year is known, so two women of one name and year look like one. Two such
-- records that share an identifier as well do not rest on the day.
WITH hers AS (
    SELECT record.subject, record.person_id
    FROM people.record
    JOIN people.same_woman ON same_woman.subject = record.subject AND linkage = 'strict'
    JOIN people.woman USING (linkage, woman_id)
),
named AS (
    SELECT
        hers.subject,
        hers.person_id,
        regexp_replace(lower(pers_forename), '[^\p{L}]', '', 'g') AS forename,
        regexp_replace(lower(pers_surname), '[^\p{L}]', '', 'g') AS surname,
        pers_dob AS dob
    FROM hers JOIN extract.person ON pers_person_id = hers.person_id
    WHERE month(pers_dob) = 1 AND day(pers_dob) = 1
),
identifier AS (
    SELECT person_id, upper(replace(value, ' ', '')) AS value
    FROM (
        SELECT pers_person_id AS person_id,
               unnest([pers_person_id, pers_single_unique_id, pers_upn, pers_legacy_id]) AS value
        FROM extract.person
        UNION ALL
        SELECT link_person_id, link_identifier_value FROM extract.linked_identifier
    ) AS said
    WHERE person_id IN (SELECT person_id FROM named)
),
rests AS (
    SELECT DISTINCT one.subject
    FROM named AS one
    JOIN named AS other
      ON other.subject = one.subject AND other.forename = one.forename
     AND other.surname = one.surname AND other.dob = one.dob AND other.person_id > one.person_id
    WHERE one.forename <> '' AND one.surname <> ''
      AND NOT EXISTS (
          SELECT 1 FROM identifier AS a JOIN identifier AS b USING (value)
          WHERE a.person_id = one.person_id AND b.person_id = other.person_id
      )
),
joined AS (
    SELECT subject FROM hers GROUP BY subject HAVING count(DISTINCT person_id) > 1
)
SELECT
    'joined_on_1_january' AS sign,
    count(*) > 0 AS seen,
    count(*) AS records,
    (SELECT count(*) FROM joined) AS of,
    'person' AS detail,
    NULL::DATE AS since
FROM rests
