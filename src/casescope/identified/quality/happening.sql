-- Everything dated in the main tables about people who are not withheld: when it began and when
-- it ended. An episode that stands in several yearly returns is one.
WITH person AS (
    SELECT id FROM withheld_id WHERE source = 'person'
)
SELECT 'episodes' AS table_name, "DECOM" AS started_on, max("DEC") AS ended_on
FROM extract.episodes
WHERE "CHILD" NOT IN (SELECT id FROM withheld_id WHERE source = '903')
GROUP BY "CHILD", "DECOM"
UNION ALL
SELECT 'cla_episode', clae_cla_episode_start_date, clae_cla_episode_ceased_date
FROM extract.cla_episode WHERE clae_person_id NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'placement', clap_cla_placement_start_date, clap_cla_placement_end_date
FROM extract.placement WHERE coalesce(clap_person_id, '') NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'legal_status', lega_legal_status_start_date, lega_legal_status_end_date
FROM extract.legal_status WHERE lega_person_id NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'mother', coalesce(moth_start_date, moth_childs_dob), moth_end_date
FROM extract.mother
WHERE moth_person_id NOT IN (SELECT id FROM person)
  AND coalesce(moth_childs_person_id, '') NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'proceedings', proc_application_date, proc_order_date
FROM extract.proceedings
WHERE proc_child_person_id NOT IN (SELECT id FROM person)
  AND coalesce(proc_mother_person_id, '') NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'permanence', perm_permanence_order_date, NULL
FROM extract.permanence WHERE perm_person_id NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'assessment', cina_assessment_start_date, cina_assessment_auth_date
FROM extract.assessment WHERE cina_person_id NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'cp_plan', cppl_cp_plan_start_date, cppl_cp_plan_end_date
FROM extract.cp_plan WHERE cppl_person_id NOT IN (SELECT id FROM person)
UNION ALL
SELECT 'address', addr_address_start_date, addr_address_end_date
FROM extract.address WHERE addr_person_id NOT IN (SELECT id FROM person)
