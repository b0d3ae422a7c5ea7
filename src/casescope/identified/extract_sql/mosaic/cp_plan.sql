-- child protection plan: every plan ever recorded.
-- Left out of the stock extract's filters: the orchestrator's window.
-- Kept: child protection plans only, temporary ones of other councils aside.
-- Categories are in DM_REGISTRATION_CATEGORIES; by which key they meet the registration is not
-- shown in the facts we have, so both are left NULL. No result of the study rests on them.
SELECT
    r.PERSON_ID AS cppl_person_id,
    CAST(r.REGISTRATION_START_DATE AS DATE) AS cppl_cp_plan_start_date,
    CAST(r.DEREGISTRATION_DATE AS DATE) AS cppl_cp_plan_end_date,
    CAST(NULL AS VARCHAR(20)) AS cppl_cp_plan_initial_category,
    CAST(NULL AS VARCHAR(20)) AS cppl_cp_plan_latest_category
FROM DM_REGISTRATIONS AS r
WHERE r.IS_CHILD_PROTECTION_PLAN = 'Y'
  AND (r.IS_TEMPORARY_CHILD_PROTECTION IS NULL OR r.IS_TEMPORARY_CHILD_PROTECTION <> 'Y')
