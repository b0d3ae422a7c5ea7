-- One row a woman not withheld, under each linkage: anyone named as a birth mother. Each fact is
-- that of the earliest-registered of her records that has one.
WITH fact AS (
    SELECT same_woman.linkage, same_woman.woman_id, record.registered, person.*
    FROM same_woman
    JOIN record USING (subject)
    JOIN extract.person ON pers_person_id = record.person_id
),
told AS (
    SELECT
        linkage,
        woman_id,
        first(pers_dob ORDER BY registered, pers_dob) FILTER (pers_dob IS NOT NULL) AS dob,
        first(pers_expected_dob ORDER BY registered, pers_expected_dob)
            FILTER (pers_expected_dob IS NOT NULL) AS expected_dob,
        first(pers_death_date ORDER BY registered, pers_death_date)
            FILTER (pers_death_date <= $reference_date) AS died_on,
        first(pers_ethnicity ORDER BY registered, pers_ethnicity)
            FILTER (pers_ethnicity IS NOT NULL) AS ethnicity
    FROM fact
    GROUP BY linkage, woman_id
)
SELECT
    hers.linkage,
    hers.woman_id,
    coalesce(dob, expected_dob) AS dob,
    CASE
        WHEN dob IS NOT NULL THEN 'known'
        WHEN expected_dob IS NOT NULL THEN 'estimated'
        ELSE 'not_known'
    END AS age_basis,
    died_on,
    ethnicity
FROM (
    SELECT DISTINCT linkage, woman_id FROM same_woman
    WHERE woman_id NOT IN (SELECT subject FROM withheld)
) AS hers
LEFT JOIN told USING (linkage, woman_id)
