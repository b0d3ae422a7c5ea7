-- Every record of a person who may be a woman of the study, with what two of them are compared by.
-- A man is none, nor a child too young to be a mother, nor an unborn one. Names are letters alone,
-- in lower case without accents; what only stands for a name (unknown, baby) is none.
WITH relation AS (
    SELECT DISTINCT mother.subject, child.subject AS child, child.person_id AS child_record
    FROM extract.mother
    JOIN record AS mother ON mother.person_id = moth_person_id
    JOIN record AS child ON child.person_id = moth_childs_person_id
    WHERE mother.subject <> child.subject
      AND NOT regexp_matches(lower(coalesce(moth_relationship, '')), 'adopt|step|foster')
),
described AS (
    SELECT
        record.subject,
        record.registered,
        record.person_id,
        record.subject IN (SELECT subject FROM relation) OR coalesce(pers_is_mother, false)
            AS is_mother,
        coalesce(pers_sex, '') AS sex,
        regexp_split_to_array(
            trim(regexp_replace(
                translate(lower(strip_accents(coalesce(pers_forename, ''))), '0135''’', 'oles'), '[^a-z]+', ' ', 'g'
            )), ' '
        ) AS given,
        regexp_split_to_array(
            trim(regexp_replace(
                translate(lower(strip_accents(coalesce(pers_surname, ''))), '0135''’', 'oles'), '[^a-z]+', ' ', 'g'
            )), ' '
        ) AS family,
        CASE WHEN year(pers_dob) >= 1920 AND pers_dob <= $reference_date THEN pers_dob END AS dob,
        CASE WHEN year(pers_expected_dob) >= 1920 AND pers_expected_dob <= $reference_date - 11 * 365
            THEN pers_expected_dob END AS about,
        pers_ethnicity AS ethnicity
    FROM record
    JOIN extract.person ON pers_person_id = record.person_id
),
grown AS (
    SELECT subject, bool_or(is_mother) AS is_mother
    FROM described
    GROUP BY subject
    HAVING bool_or(is_mother)
        OR (NOT bool_or(sex IN ('1', 'M', 'MALE')) AND max(dob) <= $reference_date - 11 * 365)
),
worded AS (
    SELECT
        described.* EXCLUDE (given, family, is_mother),
        grown.is_mother,
        list_filter(given, lambda word: word NOT IN $no_names) AS given,
        list_filter(family, lambda word: word NOT IN $no_names) AS family
    FROM described JOIN grown USING (subject)
)
SELECT
    registered,
    subject,
    person_id,
    is_mother,
    nullif(array_to_string(given, ''), '') AS forename,
    nullif(array_to_string(family, ''), '') AS surname,
    list_filter(given, lambda word: length(word) > 1) AS given,
    list_filter(family, lambda word: length(word) > 2) AS family,
    coalesce(dob, about) AS dob,
    nullif(ethnicity, '') AS ethnicity
FROM worded
WHERE given <> [] OR family <> [] OR dob IS NOT NULL
