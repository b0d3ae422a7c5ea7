-- assessment: every finished single assessment and reassessment.
-- Left out of the stock extract's filters:
--   the test that the child is in ssd_person.
--   the council's form ids (DESIGNGUID), which are local: put yours in if other forms bear these
--   names.
-- The id is the form's instance alone, so that the factors meet it; stock adds the person here
-- and so does not meet its own factors.
SELECT
    f.INSTANCEID AS cina_assessment_id,
    f.ANSWERFORSUBJECTID AS cina_person_id,
    MIN(CASE WHEN f.CONTROLNAME = 'CINCensus_startDateOfForm'
        THEN CAST(f.DATEANSWERVALUE AS DATE) END) AS cina_assessment_start_date,
    MIN(CAST(f.DATECOMPLETED AS DATE)) AS cina_assessment_auth_date
FROM FORMANSWERPERSONVIEW AS f
WHERE f.INSTANCESTATE = 'COMPLETE'
  AND f.DESIGNSUBNAME IN ('Single assessment', 'Reassessment')
GROUP BY f.INSTANCEID, f.ANSWERFORSUBJECTID
