-- address: all addresses, ended too, of every parent (fathers aside) and child in the relations.
-- Left out of the stock extract's filters:
--   the test that the person is in ssd_person: mothers who are not clients would have no address,
--   so nobody could see that she left the area or that a child lives with her.
-- Only the postcode is asked for; street and house number are not needed.
-- Postcodes of X alone and 'nopostcode' are placeholders: given as NULL.
SELECT
    a.DIM_PERSON_ID AS addr_person_id,
    CASE
        WHEN REPLACE(UPPER(REPLACE(a.POSTCODE, ' ', '')), 'X', '') IN ('', 'NOPOSTCODE') THEN NULL
        ELSE a.POSTCODE
    END AS addr_address_postcode,
    CAST(a.START_DTTM AS DATE) AS addr_address_start_date,
    CAST(a.END_DTTM AS DATE) AS addr_address_end_date,
    a.ADDSS_TYPE_CODE AS addr_address_type
FROM HDM.Child_Social.DIM_PERSON_ADDRESS AS a
WHERE a.DIM_PERSON_ID <> -1
  AND a.DIM_PERSON_ID IN (
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
