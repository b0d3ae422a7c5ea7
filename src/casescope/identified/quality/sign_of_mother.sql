-- Mothers of whom an id is known, but neither name nor date of birth; or, where they are many,
-- not one of the two.
WITH mother AS (
    SELECT DISTINCT moth_person_id AS id
    FROM extract.mother
    WHERE moth_person_id NOT IN (SELECT id FROM withheld_id WHERE source = 'person')
      AND coalesce(moth_childs_person_id, '')
          NOT IN (SELECT id FROM withheld_id WHERE source = 'person')
),
known AS (
    SELECT
        mother.id,
        count(coalesce(pers_forename, pers_surname)) > 0 AS named,
        count(coalesce(pers_dob, pers_expected_dob)) > 0 AS dated
    FROM mother LEFT JOIN extract.person ON pers_person_id = mother.id
    GROUP BY mother.id
),
counted AS (
    SELECT
        count(*) AS mothers,
        count(*) FILTER (NOT named AND NOT dated) AS neither,
        count(*) FILTER (NOT named) AS unnamed,
        count(*) FILTER (NOT dated) AS undated
    FROM known
),
judged AS (
    SELECT *, greatest(unnamed, undated) >= 5 AND greatest(unnamed, undated) > 0.05 * mothers AS many
    FROM counted
)
SELECT
    'mother_without_name_or_birth' AS sign,
    neither > 0 OR many AS seen,
    CASE WHEN many THEN greatest(unnamed, undated) ELSE neither END AS records,
    mothers AS of,
    CASE
        WHEN many AND unnamed > undated THEN 'no name'
        WHEN many AND undated > unnamed THEN 'no date of birth'
    END AS detail,
    NULL::DATE AS since
FROM judged
