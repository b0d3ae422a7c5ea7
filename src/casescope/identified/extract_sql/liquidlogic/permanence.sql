-- permanence: adoption, special guardianship, child arrangements, from how care ended.
-- Left out of the stock extract's filters:
--   rn = 1, which keeps one order a child: a child adopted after a special guardianship that broke
--   down would lose the first.
--   the fixed list of end reasons, which lacks E42 (special guardianship elsewhere in the sector).
-- Stock gives LEGACY_ID as the person and then matches it to pers_person_id, which loses rows where
-- the two differ: the person key is given here.
-- Special guardianship without a period of care is found in legal status only.
-- DIM_PERSON_ID on FACT_CARE_EPISODES: check it, as for the looked-after episodes.
SELECT
    e.DIM_PERSON_ID AS perm_person_id,
    CASE
        WHEN e.CARE_REASON_END_CODE IN ('E1', 'E11', 'E12') THEN 'Adoption'
        WHEN e.CARE_REASON_END_CODE = 'E41' THEN 'Child arrangements order'
        ELSE 'Special guardianship order'
    END AS perm_permanence_order_type,
    CAST(COALESCE(e.PLACEND, e.CARE_END_DATE) AS DATE) AS perm_permanence_order_date
FROM HDM.Child_Social.FACT_CARE_EPISODES AS e
WHERE e.DIM_PERSON_ID <> -1
  AND e.CARE_REASON_END_CODE IN (
      'E1', 'E11', 'E12', 'E41', 'E42', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48'
  )
