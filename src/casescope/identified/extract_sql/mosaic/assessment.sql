-- assessment: every assessment under way or finished.
-- Left out of the stock extract's filters:
--   its dates (the files show 2022-23).
-- Kept: IS_CONTINUOUS_ASSESSMENT, and the four states.
-- The id is the workflow step alone, as the factors have it; stock joins step and person here
-- and so does not meet its own factors. Siblings assessed in one step share its factors.
SELECT
    w.WORKFLOW_STEP_ID AS cina_assessment_id,
    g.SUBJECT_COMPOUND_ID AS cina_person_id,
    CAST(COALESCE(w.STARTED_ON, w.INCOMING_ON) AS DATE) AS cina_assessment_start_date,
    CAST(w.COMPLETED_ON AS DATE) AS cina_assessment_auth_date
FROM dm_workflow_steps AS w
INNER JOIN DM_SUBGROUP_SUBJECTS AS g
    ON g.SUBGROUP_ID = w.SUBGROUP_ID
    AND g.SUBJECT_TYPE_CODE = 'PER'
WHERE w.IS_CONTINUOUS_ASSESSMENT = 'Y'
  AND w.STEP_STATUS IN ('INCOMING', 'STARTED', 'REOPENED', 'COMPLETED')
