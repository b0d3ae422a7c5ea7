-- assessment: every single assessment that was not cancelled or deleted.
-- Left out of the stock extract's filters:
--   the six-year window, and the test that the child is in ssd_person.
-- Kept: sub-status not X or D. An empty sub-status is kept too; NOT IN alone would drop it.
-- Authorised: the answer to the form's question FormEndDate, given as it stands. Stock gives
-- 1900-01-01 where it is missing; here it stays empty. Question codes are local: check yours.
-- OUTCOME_COMMENTS is free text and not asked for.
SELECT
    a.FACT_SINGLE_ASSESSMENT_ID AS cina_assessment_id,
    a.DIM_PERSON_ID AS cina_person_id,
    CAST(a.START_DTTM AS DATE) AS cina_assessment_start_date,
    f.ANSWER AS cina_assessment_auth_date
FROM HDM.Child_Social.FACT_SINGLE_ASSESSMENT AS a
LEFT JOIN HDM.Child_Social.FACT_FORM_ANSWERS AS f
    ON f.FACT_FORM_ID = a.FACT_FORM_ID
    AND f.ANSWER_NO = 'FormEndDate'
    AND a.FACT_FORM_ID <> -1
WHERE a.DIM_PERSON_ID <> -1
  AND (a.DIM_LOOKUP_STEP_SUBSTATUS_CODE IS NULL
       OR a.DIM_LOOKUP_STEP_SUBSTATUS_CODE NOT IN ('X', 'D'))
