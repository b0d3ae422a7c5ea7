-- care leaver: everybody with an eligibility, to see which mothers were in care themselves.
-- Left out of the stock extract's filters:
--   the test that the person is in ssd_person.
--   the join to contacts (FACT_CLA_CARE_LEAVERS), which repeats each person.
-- Rows without a status are left out: stock writes 'No Current Eligibility' for them, and a person
-- who was never in care must not look like a care leaver. Leave out here any status of yours
-- that means the same.
SELECT
    e.DIM_PERSON_ID AS clea_person_id,
    e.DIM_LOOKUP_ELIGIBILITY_STATUS_DESC AS clea_care_leaver_eligibility
FROM HDM.Child_Social.DIM_CLA_ELIGIBILITY AS e
WHERE e.DIM_PERSON_ID <> -1
  AND e.DIM_LOOKUP_ELIGIBILITY_STATUS_DESC IS NOT NULL
