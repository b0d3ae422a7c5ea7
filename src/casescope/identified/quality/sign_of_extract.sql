-- Whether extracts of the case system from different days were loaded together: the same episode,
-- status, placement or address stands open in one file and ended in another.
WITH told AS (
    SELECT 'cla_episode' AS table_name, _file, clae_person_id AS id, '' AS what,
           clae_cla_episode_start_date AS began_on, clae_cla_episode_ceased_date AS ended_on
    FROM extract.cla_episode
    UNION ALL
    SELECT 'legal_status', _file, lega_person_id, lega_legal_status,
           lega_legal_status_start_date, lega_legal_status_end_date
    FROM extract.legal_status
    UNION ALL
    SELECT 'placement', _file, clap_person_id, clap_cla_placement_id,
           clap_cla_placement_start_date, clap_cla_placement_end_date
    FROM extract.placement
    UNION ALL
    SELECT 'address', _file, addr_person_id, addr_address_postcode,
           addr_address_start_date, addr_address_end_date
    FROM extract.address
),
thing AS (
    SELECT
        table_name,
        bool_or(ended_on IS NULL) AND bool_or(ended_on IS NOT NULL) AND count(DISTINCT _file) > 1
            AS open_and_ended
    FROM told
    WHERE id NOT IN (SELECT id FROM withheld_id WHERE source = 'person')
    GROUP BY table_name, id, what, began_on
),
counted AS (
    SELECT table_name, count(*) FILTER (open_and_ended) AS records, count(*) AS things
    FROM thing GROUP BY table_name
)
SELECT
    'several_extracts' AS sign,
    coalesce(bool_or(records >= 5), false) AS seen,
    coalesce(sum(records), 0)::BIGINT AS records,
    coalesce(sum(things), 0)::BIGINT AS of,
    string_agg(table_name, ', ' ORDER BY table_name) FILTER (records >= 5) AS detail,
    NULL::DATE AS since
FROM counted
