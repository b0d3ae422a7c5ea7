-- assessment factors: one row for each factor about a parent or carer, and for 'none' (21).
-- Left out of the stock extract's filters:
--   EXTERNAL_ID <> -1: the facts we have give no reason for it. Compare the counts with and
--   without.
-- Kept: the answer is yes, the form is known, the assessment was not cancelled or deleted.
-- There is no time window in stock. FACT_FORM_ANSWERS is very large (45 million answers were
-- seen): it is read by form only.
-- Factors of the child and of others in the household are not needed and not asked for.
SELECT
    a.FACT_SINGLE_ASSESSMENT_ID AS cinf_assessment_id,
    CONCAT('["', f.ANSWER_NO, '"]') AS cinf_assessment_factors_json
FROM HDM.Child_Social.FACT_SINGLE_ASSESSMENT AS a
INNER JOIN HDM.Child_Social.FACT_FORM_ANSWERS AS f
    ON f.FACT_FORM_ID = a.FACT_FORM_ID
WHERE a.FACT_FORM_ID <> -1
  AND (a.DIM_LOOKUP_STEP_SUBSTATUS_CODE IS NULL
       OR a.DIM_LOOKUP_STEP_SUBSTATUS_CODE NOT IN ('X', 'D'))
  AND f.ANSWER_NO IN ('1B', '2B', '3B', '4B', '5B', '6B', '21')
  AND LOWER(f.ANSWER) = 'yes'
