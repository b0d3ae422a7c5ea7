-- placement: every placement ever recorded, every split of it.
-- Left out of the stock extract's filters:
--   the orchestrator's window.
--   the highest SPLIT_NUMBER only: a later split may start later, and the first would go.
-- The period of care stands with the episode, not with the placement: clap_cla_id is left NULL.
SELECT
    CONCAT(m.PLACEMENT_ID, '-', m.SPLIT_NUMBER) AS clap_cla_placement_id,
    CAST(NULL AS VARCHAR(20)) AS clap_cla_id,
    m.PERSON_ID AS clap_person_id,
    CAST(m.START_DATE AS DATE) AS clap_cla_placement_start_date,
    CAST(m.END_DATE AS DATE) AS clap_cla_placement_end_date,
    m.PLACEMENT_TYPE AS clap_cla_placement_type
FROM DM_PLACEMENTS AS m
