-- child protection plan: every plan ever recorded.
-- Left out of the stock extract's filters:
--   the six-year window, and the test that the child is in ssd_person.
-- Plans of another council (IS_OLA) are kept: the child is on a plan.
-- Categories are descriptions.
-- DIM_PERSON_ID: the system's person key; the facts we have do not show it on FACT_CP_PLAN itself,
-- so check it.
SELECT
    p.DIM_PERSON_ID AS cppl_person_id,
    CAST(p.START_DTTM AS DATE) AS cppl_cp_plan_start_date,
    CAST(p.END_DTTM AS DATE) AS cppl_cp_plan_end_date,
    p.INIT_CATEGORY_DESC AS cppl_cp_plan_initial_category,
    p.CP_CATEGORY_DESC AS cppl_cp_plan_latest_category
FROM HDM.Child_Social.FACT_CP_PLAN AS p
WHERE p.DIM_PERSON_ID <> -1
