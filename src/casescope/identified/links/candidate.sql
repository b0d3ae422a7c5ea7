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
)
SELECT
    registered,
    subject,
    person_id,
    is_mother,
    coalesce(given[1], whole) AS forename,
    nullif(array_to_string(given[2:], ''), '') AS middle,
    whole,
    surname,
    given,
    family,
    coalesce(dob, about) AS dob,
    nullif(ethnicity, '') AS ethnicity
FROM parted
WHERE whole IS NOT NULL OR surname IS NOT NULL OR dob IS NOT NULL
