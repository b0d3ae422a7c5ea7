-- placement: every placement ever recorded.
-- Left out of the stock extract's filters:
--   the six-year window.
--   the fixed list of placement codes: it drops newer and local codes, so children placed with
--   their own mother could be missed, and others lose their episode's placement.
-- Provider, distance and postcodes are not needed.
SELECT
    p.FACT_CLA_PLACEMENT_ID AS clap_cla_placement_id,
    NULLIF(p.FACT_CLA_ID, -1) AS clap_cla_id,
    NULLIF(p.DIM_PERSON_ID, -1) AS clap_person_id,
    CAST(p.START_DTTM AS DATE) AS clap_cla_placement_start_date,
    CAST(p.END_DTTM AS DATE) AS clap_cla_placement_end_date,
    p.DIM_LOOKUP_PLACEMENT_TYPE_CODE AS clap_cla_placement_type
FROM HDM.Child_Social.FACT_CLA_PLACEMENT AS p
WHERE p.FACT_CLA_PLACEMENT_ID <> -1
