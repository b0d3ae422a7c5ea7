-- care leaver: everybody with an eligibility, to see which mothers were in care themselves.
-- Left out of the stock extract's filters:
--   LATEST_RECORD = 1 and the test that the person is in ssd_person.
SELECT DISTINCT
    c.PERSONID AS clea_person_id,
    c.ELIGIBILITY AS clea_care_leaver_eligibility
FROM CLACARELEAVERDETAILSVIEW AS c
WHERE c.ELIGIBILITY IS NOT NULL
