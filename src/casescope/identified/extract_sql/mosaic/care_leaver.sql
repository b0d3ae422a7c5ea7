-- care leaver: everybody recorded as formerly looked after, to see which mothers were in care.
-- Left out of the stock extract's filters:
--   the ages (16 to 25 today) and OPEN_CASE = 'Y': they show today only, and mothers are older.
-- Eligibility is not stored; stock works it out from today's age. The words say only what is known.
-- A mother's own periods of care come with the looked-after episodes.
-- PERSON_ID: the system's person key; check that the table carries it.
SELECT DISTINCT
    f.PERSON_ID AS clea_person_id,
    'Formerly looked after' AS clea_care_leaver_eligibility
FROM dm_former_looked_after AS f
