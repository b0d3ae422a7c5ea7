-- child protection plan: every plan ever recorded.
-- Left out of the stock extract's filters:
--   the merging of overlapping assignments.
-- Kept: assignments that were deleted are left out.
-- 51 is the classification of a plan in the stock files. Such ids are local: look yours up by NAME.
-- Categories are a classification of their own, and stock's way of choosing is wrong for a second
-- plan: both are left NULL. No result of the study rests on them.
SELECT
    c.PERSONID AS cppl_person_id,
    CAST(c.STARTDATE AS DATE) AS cppl_cp_plan_start_date,
    CAST(c.ENDDATE AS DATE) AS cppl_cp_plan_end_date,
    CAST(NULL AS VARCHAR(20)) AS cppl_cp_plan_initial_category,
    CAST(NULL AS VARCHAR(20)) AS cppl_cp_plan_latest_category
FROM CLASSIFICATIONPERSONVIEW AS c
WHERE c.CLASSIFICATIONPATHID = 51
  AND (c.STATUS IS NULL OR c.STATUS <> 'DELETED')
