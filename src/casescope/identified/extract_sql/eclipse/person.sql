-- person: everybody who is a mother or child in the relations, or was ever looked after.
-- Left out of the stock extract's filters:
--   the hard list of pilot ids (Postgres), and the open classification in groups 17, 21, 43, 50
--   (SQL Server): most mothers and past children have none open.
--   ids 1 to 6.
-- Kept: records marked or named as duplicates are left out. List them, and check that no
-- relation or episode hangs on one.
-- DATEOFBIRTH and DUEDATE are given as they stand. Stock puts a due date into the date of birth,
-- and once it has passed blanks both (Postgres) or keeps it as a birth date (SQL Server).
-- UPNs come with the linked identifiers, former ones too: pers_upn is left NULL.
-- A mark for an estimated date of birth: not found.
SELECT
    d.PERSONID AS pers_person_id,
    d.FORENAME AS pers_forename,
    d.SURNAME AS pers_surname,
    CAST(d.DATEOFBIRTH AS DATE) AS pers_dob,
    CASE WHEN d.DATEOFBIRTH IS NULL THEN CAST(d.DUEDATE AS DATE) END AS pers_expected_dob,
    CASE d.SEX WHEN 'Male' THEN 'M' WHEN 'Female' THEN 'F' ELSE 'U' END AS pers_sex,
    d.ETHNICITYCODE AS pers_ethnicity,
    CAST(d.DIEDDATE AS DATE) AS pers_death_date,
    d.NHSNUMBER AS pers_single_unique_id,
    CAST(NULL AS VARCHAR(13)) AS pers_upn,
    d.CAREFIRSTID AS pers_legacy_id,
    CASE
        WHEN d.PERSONID IN (
            SELECT r.ROLEAPERSONID FROM RELATIONSHIPPERSONVIEW AS r
            WHERE r.RELATIONSHIP = 'Mother'
        ) THEN 1
        ELSE 0
    END AS pers_is_mother
FROM PERSONDEMOGRAPHICSVIEW AS d
LEFT JOIN PERSONVIEW AS v
    ON v.PERSONID = d.PERSONID
WHERE (v.DUPLICATED IS NULL OR v.DUPLICATED <> 'DUPLICATE')
  AND COALESCE(UPPER(d.FORENAME), '') NOT LIKE '%DUPLICATE%'
  AND COALESCE(UPPER(d.SURNAME), '') NOT LIKE '%DUPLICATE%'
  AND d.PERSONID IN (
      SELECT r.ROLEAPERSONID FROM RELATIONSHIPPERSONVIEW AS r WHERE r.RELATIONSHIP = 'Mother'
      UNION
      SELECT r.ROLEBPERSONID FROM RELATIONSHIPPERSONVIEW AS r WHERE r.RELATIONSHIP = 'Mother'
      UNION
      SELECT e.PERSONID FROM CLAEPISODEOFCAREVIEW AS e
  )
