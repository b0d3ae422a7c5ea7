-- One row a woman not withheld, under each linkage: anyone named as a birth mother.
SELECT
    'strict' AS linkage,
    mothers.woman_id,
    coalesce(dob, expected_dob) AS dob,
    CASE
        WHEN dob IS NOT NULL THEN 'known'
        WHEN expected_dob IS NOT NULL THEN 'estimated'
        ELSE 'not_known'
    END AS age_basis,
    died_on,
    ethnicity
FROM (
    SELECT DISTINCT woman_id FROM maternal_link
    WHERE woman_id NOT IN (SELECT subject FROM withheld)
) AS mothers
LEFT JOIN detail ON detail.subject = mothers.woman_id
