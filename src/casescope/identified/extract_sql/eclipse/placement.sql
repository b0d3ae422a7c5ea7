-- placement: where each episode was spent; Eclipse has no placement table.
-- Left out of the stock extract's filters: none.
-- PLACEMENTTYPECODE is local: it needs a list to the 903 codes. Stock writes 'DQ' for eight codes
-- and nothing for unlisted ones; here they come as they stand. P1 (own parents) and R3 (mother and
-- baby) matter most: without them a child who is with the mother looks removed.
SELECT
    e.EPISODEOFCAREID AS clap_cla_placement_id,
    e.PERIODOFCAREID AS clap_cla_id,
    e.PERSONID AS clap_person_id,
    CAST(e.EOCSTARTDATE AS DATE) AS clap_cla_placement_start_date,
    CAST(e.EOCENDDATE AS DATE) AS clap_cla_placement_end_date,
    e.PLACEMENTTYPECODE AS clap_cla_placement_type
FROM CLAEPISODEOFCAREVIEW AS e
