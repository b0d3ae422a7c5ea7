-- linked identifier: present and former UPN, and the older id, of parents (fathers aside) and
-- children.
-- Left out of the stock extract's filters: none that lose people; stock writes placeholders
-- (SSD_PH) and appends on every run, this does not.
-- A former UPN is given the type UPN, so that a record under the old one joins the new one.
-- Each is made text: one of them may be a number in your database, and a CASE of both fails there.
-- The link between a child's ids before and after adoption: not found. Dates: not found, NULL.
SELECT
    p.DIM_PERSON_ID AS link_person_id,
    k.kind AS link_identifier_type,
    CASE k.kind_id
        WHEN 1 THEN CAST(p.UPN AS VARCHAR(50))
        WHEN 2 THEN CAST(p.FORMER_UPN AS VARCHAR(50))
        ELSE CAST(p.LEGACY_ID AS VARCHAR(50))
    END AS link_identifier_value,
    CAST(NULL AS DATE) AS link_valid_from_date,
    CAST(NULL AS DATE) AS link_valid_to_date
FROM HDM.Child_Social.DIM_PERSON AS p
CROSS JOIN (
    SELECT 1 AS kind_id, 'UPN' AS kind
    UNION ALL
    SELECT 2, 'UPN'
    UNION ALL
    SELECT 3, 'Legacy id'
) AS k
WHERE p.DIM_PERSON_ID <> -1
  AND (k.kind_id = 1 AND p.UPN IS NOT NULL
       OR k.kind_id = 2 AND p.FORMER_UPN IS NOT NULL
       OR k.kind_id = 3 AND p.LEGACY_ID IS NOT NULL)
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
  )
