-- person: everybody who is somebody's parent (fathers aside) or child in the relations, or was ever
-- in care.
-- Left out of the stock extract's filters:
--   IS_CLIENT = 'Y' and the contact, referral or involvement in the last six years: most mothers
--   were never clients, and children last seen long ago are the earlier removals.
--   DUPLICATED_DTTM IS NULL: a relation or an episode may hang on a duplicate. Count them.
-- An estimated date of birth sits in BIRTH_DTTM too, marked by DOB_ESTIMATED: it goes to
-- pers_expected_dob. Where the mark is empty the date is taken as known; stock loses it.
-- NHS number: not found in the stock files. Column left NULL.
-- GENDER_MAIN_CODE holds M, F, U, I. Fathers are not needed, so they are not asked for.
SELECT
    p.DIM_PERSON_ID AS pers_person_id,
    p.FORENAME AS pers_forename,
    p.SURNAME AS pers_surname,
    CASE WHEN p.DOB_ESTIMATED = 'Y' THEN NULL ELSE CAST(p.BIRTH_DTTM AS DATE) END AS pers_dob,
    CASE WHEN p.DOB_ESTIMATED = 'Y' THEN CAST(p.BIRTH_DTTM AS DATE) END AS pers_expected_dob,
    p.GENDER_MAIN_CODE AS pers_sex,
    e.NAT_ID AS pers_ethnicity,
    CAST(p.DEATH_DTTM AS DATE) AS pers_death_date,
    CAST(NULL AS VARCHAR(10)) AS pers_single_unique_id,
    p.UPN AS pers_upn,
    p.LEGACY_ID AS pers_legacy_id,
    CASE
        WHEN (p.GENDER_MAIN_CODE IS NULL OR p.GENDER_MAIN_CODE <> 'M')
            AND p.DIM_PERSON_ID IN (
                SELECT r.DIM_PERSON_ID
                FROM HDM.Child_Social.FACT_PERSON_RELATION AS r
                WHERE r.DIM_LOOKUP_RELTN_TYPE_CODE = 'CHI'
            ) THEN 1
        ELSE 0
    END AS pers_is_mother
FROM HDM.Child_Social.DIM_PERSON AS p
LEFT JOIN HDM.Child_Social.DIM_LOOKUP_DFE_ETHNIC AS e
    ON e.MAIN_CODE = p.ETHNICITY_MAIN_CODE
WHERE p.DIM_PERSON_ID <> -1
  AND p.DIM_PERSON_ID IN (
      SELECT r.DIM_PERSON_ID
      FROM HDM.Child_Social.FACT_PERSON_RELATION AS r
      INNER JOIN HDM.Child_Social.DIM_PERSON AS m
          ON m.DIM_PERSON_ID = r.DIM_PERSON_ID
      WHERE r.DIM_LOOKUP_RELTN_TYPE_CODE = 'CHI'
        AND (m.GENDER_MAIN_CODE IS NULL OR m.GENDER_MAIN_CODE <> 'M')
      UNION
      SELECT r.DIM_RELATED_PERSON_ID
      FROM HDM.Child_Social.FACT_PERSON_RELATION AS r
      WHERE r.DIM_LOOKUP_RELTN_TYPE_CODE = 'CHI'
      UNION
      SELECT c.DIM_PERSON_ID
      FROM HDM.Child_Social.FACT_CLA_PLACEMENT AS c
  )
