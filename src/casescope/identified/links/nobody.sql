-- Records that stand for a mother of whom nobody knows anything: only words that are no name (unknown,
-- mother) where her names should be, and no number or birth date. Often many children's under one.
SELECT pers_person_id AS person_id
FROM extract.person
LEFT JOIN spelt AS given ON given.name = pers_forename
LEFT JOIN spelt AS family ON family.name = pers_surname
GROUP BY pers_person_id
HAVING bool_and(
    coalesce(len(given.words), 0) + coalesce(len(family.words), 0) = 0
    AND length(coalesce(pers_forename, '') || coalesce(pers_surname, '')) > 1
    AND coalesce(year(pers_dob) < 1920, true)
    AND pers_expected_dob IS NULL
    AND pers_single_unique_id IS NULL
    AND pers_upn IS NULL
)
