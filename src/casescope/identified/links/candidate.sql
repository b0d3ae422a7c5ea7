-- Every record of a person who may be a woman of the study, with what two of them are compared by.
-- A man is none, nor a child too young to be a mother, nor an unborn one, nor somebody's child of no
-- known age.
WITH described AS (
    SELECT
        record.subject,
        record.registered,
        record.person_id,
        record.subject IN (SELECT subject FROM relation) OR coalesce(pers_is_mother, false)
            AS is_mother,
        record.subject IN (SELECT child FROM relation) OR pers_expected_dob IS NOT NULL
            AS is_child,
        coalesce(pers_sex, '') AS sex,
        coalesce(given.words, []) AS given,
        coalesce(family.words, []) AS family,
        coalesce(given.also, []) AS also_given,
        coalesce(family.also, []) AS also_family,
        CASE WHEN year(pers_dob) >= 1920 AND pers_dob <= $reference_date THEN pers_dob END AS dob,
        CASE WHEN year(pers_expected_dob) >= 1920 AND pers_expected_dob <= $reference_date - 11 * 365
            THEN pers_expected_dob END AS about,
        pers_ethnicity AS ethnicity
    FROM record
    JOIN extract.person ON pers_person_id = record.person_id
    LEFT JOIN spelt AS given ON given.name = pers_forename
    LEFT JOIN spelt AS family ON family.name = pers_surname
),
grown AS (
    SELECT subject, bool_or(is_mother) AS is_mother
    FROM described
    GROUP BY subject
    HAVING bool_or(is_mother)
        OR (NOT bool_or(sex IN ('1', 'M', 'MALE'))
            AND coalesce(max(dob) <= $reference_date - 11 * 365, NOT bool_or(is_child)))
),
parted AS (
    SELECT
        described.* EXCLUDE (is_mother, is_child, given, family),
        grown.is_mother,
        nullif(array_to_string(given, ''), '') AS whole,
        nullif(array_to_string(family, ''), '') AS surname,
        list_filter(given, lambda word: length(word) > 1) AS given,
        list_filter(family, lambda word: length(word) > 2) AS family
    FROM described JOIN grown USING (subject)
),
written AS (
    SELECT *, coalesce(given[1], whole) AS forename FROM parted
),
-- How many records have a name as a forename, and as a surname.
used AS (
    SELECT name, count(*) FILTER (is_forename) AS as_forename,
           count(*) FILTER (NOT is_forename) AS as_surname
    FROM (
        SELECT forename AS name, true AS is_forename FROM written
        UNION ALL SELECT surname, false FROM written
    )
    GROUP BY name
),
-- Forename and surname changed places where other records have them the other way round: then she
-- may be either, and stands twice.
turned AS (
    SELECT written.*
    FROM written
    JOIN used AS first ON first.name = written.forename
    JOIN used AS last ON last.name = written.surname
    WHERE first.as_surname >= first.as_forename - 1
      AND last.as_forename >= last.as_surname - 1
      AND first.as_surname + last.as_forename > first.as_forename + last.as_surname - 2
),
stood AS (
    SELECT registered AS row_number, * FROM written
    UNION ALL BY NAME
    SELECT -registered AS row_number, * REPLACE (
        surname AS whole, whole AS surname, family AS given, given AS family,
        also_family AS also_given, also_given AS also_family,
        coalesce(family[1], surname) AS forename
    )
    FROM turned
)
SELECT
    row_number,
    registered,
    subject,
    person_id,
    is_mother,
    forename,
    nullif(array_to_string(given[2:], ''), '') AS middle,
    whole,
    surname,
    given,
    family,
    also_given,
    also_family,
    coalesce(dob, about) AS dob,
    nullif(ethnicity, '') AS ethnicity
FROM stood
WHERE whole IS NOT NULL OR surname IS NOT NULL OR dob IS NOT NULL
