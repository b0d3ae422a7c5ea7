-- legal status: every status ever recorded, in and out of care.
-- Left out of the stock extract's filters:
--   the six-year window, and the test that the child is in ssd_person.
-- Only the description is shown by the stock files, no code: it is given as it stands, and
-- casescope map proposes a code for each.
SELECT
    s.DIM_PERSON_ID AS lega_person_id,
    s.DIM_LOOKUP_LGL_STATUS_DESC AS lega_legal_status,
    CAST(s.START_DTTM AS DATE) AS lega_legal_status_start_date,
    CAST(s.END_DTTM AS DATE) AS lega_legal_status_end_date
FROM HDM.Child_Social.FACT_LEGAL_STATUS AS s
WHERE s.DIM_PERSON_ID <> -1
