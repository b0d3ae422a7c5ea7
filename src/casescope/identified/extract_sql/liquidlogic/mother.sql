-- mother: who is recorded as whose parent, fathers aside.
-- Left out of the stock extract's filters:
--   END_DTTM IS NULL: relations are ended at adoption, death or adulthood, which is exactly where
--   earlier removals are.
--   the test that both people are in ssd_person: mothers who were never clients would go.
--   GENDER_MAIN_CODE <> 'M' as it stands also drops a parent whose gender is empty: kept here.
-- 'CHI' (the related person is the child) does not tell birth from adoptive, step or foster, so
-- moth_relationship is 'unknown' and the study marks every link as doubtful. Before running, count
-- all relation type codes: if yours tell birth apart, write it here instead.
-- Start of a relation: not found in the stock files. Column left NULL.
SELECT
    r.DIM_PERSON_ID AS moth_person_id,
    NULLIF(r.DIM_RELATED_PERSON_ID, -1) AS moth_childs_person_id,
    CAST(r.DIM_RELATED_PERSON_DOB AS DATE) AS moth_childs_dob,
    r.FACT_PERSON_RELATION_ID AS moth_table_id,
    'unknown' AS moth_relationship,
    CAST(NULL AS DATE) AS moth_start_date,
    CAST(r.END_DTTM AS DATE) AS moth_end_date
FROM HDM.Child_Social.FACT_PERSON_RELATION AS r
LEFT JOIN HDM.Child_Social.DIM_PERSON AS p
    ON p.DIM_PERSON_ID = r.DIM_PERSON_ID
WHERE r.DIM_LOOKUP_RELTN_TYPE_CODE = 'CHI'
  AND r.DIM_PERSON_ID <> -1
  AND (p.GENDER_MAIN_CODE IS NULL OR p.GENDER_MAIN_CODE <> 'M')
