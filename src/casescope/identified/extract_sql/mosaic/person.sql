-- person: everybody who is a mother or child in the relations, or was ever looked after.
-- Left out of the stock extract's filters: none in the data-mart (all persons, adults included).
-- On the live tables and in council warehouses stock asks for a contact or a legal status in the
-- last six years: do not add that, for most mothers and all earlier removals would go.
-- [H] first_name, last_name, person_id_legacy: seen in one council's public code only. No stock
-- file reads a name; if your dm_persons has none, take them from MO_PERSON_NAMES.
-- A DATE_OF_BIRTH in the future is an unborn child's due date: it goes to pers_expected_dob.
-- Stock leaves the NHS number empty; NHS_ID is read here (Essex does).
-- pers_is_mother rests on the relations ever recorded, not on those current today.
SELECT
    p.PERSON_ID AS pers_person_id,
    p.first_name AS pers_forename,
    p.last_name AS pers_surname,
    CASE WHEN p.DATE_OF_BIRTH > GETDATE() THEN NULL ELSE CAST(p.DATE_OF_BIRTH AS DATE) END
        AS pers_dob,
    CASE WHEN p.DATE_OF_BIRTH > GETDATE() THEN CAST(p.DATE_OF_BIRTH AS DATE) END
        AS pers_expected_dob,
    p.GENDER AS pers_sex,
    e.CBDS_ETHNICITY_CODE AS pers_ethnicity,
    CAST(p.DATE_OF_DEATH AS DATE) AS pers_death_date,
    p.NHS_ID AS pers_single_unique_id,
    p.UPN_ID AS pers_upn,
    p.person_id_legacy AS pers_legacy_id,
    CASE
        WHEN p.PERSON_ID IN (
            SELECT r.PERSON_ID FROM DM_PERSONAL_RELATIONSHIPS AS r WHERE r.IS_MOTHER = 'Y'
        ) THEN 1
        ELSE 0
    END AS pers_is_mother
FROM dm_persons AS p
LEFT JOIN dm_ethnicities AS e
    ON e.ETHNICITY_CODE = p.FULL_ETHNICITY_CODE
WHERE p.PERSON_ID IN (
    SELECT r.PERSON_ID FROM DM_PERSONAL_RELATIONSHIPS AS r WHERE r.IS_MOTHER = 'Y'
    UNION
    SELECT r.OTHER_PERSON_ID FROM DM_PERSONAL_RELATIONSHIPS AS r WHERE r.IS_MOTHER = 'Y'
    UNION
    SELECT s.PERSON_ID FROM dm_cla_summaries AS s
)
