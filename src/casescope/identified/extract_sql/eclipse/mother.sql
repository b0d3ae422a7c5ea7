-- mother: who is recorded as whose mother, ended relations too.
-- Left out of the stock extract's filters:
--   the test that both people are in ssd_person: mothers who are not clients would go.
-- The view has no end filter, so ended relations should come; count them on known adoptions.
-- 'Mother' does not tell birth from adoptive, step or foster: moth_relationship is 'unknown', and
-- the study marks every link as doubtful.
-- The view holds no dates: both are left NULL, and the quality report will say that no relation
-- has ended. PERSON_PER_RELATIONSHIP holds START_DATE and CLOSE_DATE by person (ROLE_A_PERSON_FK,
-- ROLE_B_PERSON_FK), but its type id is local and its direction differs between the stock files:
-- add them only after checking on known families.
SELECT
    r.ROLEAPERSONID AS moth_person_id,
    r.ROLEBPERSONID AS moth_childs_person_id,
    CAST(c.DATEOFBIRTH AS DATE) AS moth_childs_dob,
    r.PERSONRELATIONSHIPRECORDID AS moth_table_id,
    'unknown' AS moth_relationship,
    CAST(NULL AS DATE) AS moth_start_date,
    CAST(NULL AS DATE) AS moth_end_date
FROM RELATIONSHIPPERSONVIEW AS r
LEFT JOIN PERSONDEMOGRAPHICSVIEW AS c
    ON c.PERSONID = r.ROLEBPERSONID
WHERE r.RELATIONSHIP = 'Mother'
