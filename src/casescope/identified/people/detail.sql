-- One row a person in the case system: for each fact, the earliest-registered record that has it,
-- among facts dated by the reference date.
WITH row_of AS (
    SELECT known_as.subject, known_as.registered, person.*
    FROM extract.person
    JOIN known_as ON known_as.source = 'person' AND known_as.source_id = pers_person_id
)
SELECT
    subject,
    first(pers_dob ORDER BY registered, pers_dob) FILTER (pers_dob IS NOT NULL) AS dob,
    first(pers_expected_dob ORDER BY registered, pers_expected_dob)
        FILTER (pers_expected_dob IS NOT NULL) AS expected_dob,
    first(pers_death_date ORDER BY registered, pers_death_date)
        FILTER (pers_death_date <= $reference_date) AS died_on,
    first(pers_ethnicity ORDER BY registered, pers_ethnicity)
        FILTER (pers_ethnicity IS NOT NULL) AS ethnicity
FROM row_of
GROUP BY subject
