-- looked-after episode: every episode ever recorded.
-- Left out of the stock extract's filters:
--   the six-year window: without it the first removal seen is the first there was.
--   the test that the child is in ssd_person.
--   the inner join to FACT_CLA: an episode without its period would go.
-- The start reason is a description (CARE_REASON_DESC); casescope map proposes the codes.
-- The end reason is the code where there is one, else the description.
-- DIM_PERSON_ID: the system's person key; the facts we have do not show it on FACT_CARE_EPISODES
-- itself, so check it, or take it from FACT_CLA_PLACEMENT.
SELECT
    e.DIM_PERSON_ID AS clae_person_id,
    NULLIF(e.FACT_CLA_ID, -1) AS clae_cla_id,
    CAST(e.CARE_START_DATE AS DATE) AS clae_cla_episode_start_date,
    e.CARE_REASON_DESC AS clae_cla_episode_start_reason,
    CAST(e.CARE_END_DATE AS DATE) AS clae_cla_episode_ceased_date,
    COALESCE(e.CARE_REASON_END_CODE, e.CARE_REASON_END_DESC) AS clae_cla_episode_ceased_reason,
    CAST(c.START_DTTM AS DATE) AS clae_entered_care_date,
    NULLIF(e.FACT_CLA_PLACEMENT_ID, -1) AS clae_cla_placement_id,
    e.CIN_903_CODE AS clae_cla_primary_need_code,
    e.FACT_CARE_EPISODES_ID AS clae_cla_episode_id
FROM HDM.Child_Social.FACT_CARE_EPISODES AS e
LEFT JOIN HDM.Child_Social.FACT_CLA AS c
    ON c.FACT_CLA_ID = e.FACT_CLA_ID
WHERE e.DIM_PERSON_ID <> -1
