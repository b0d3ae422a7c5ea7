-- Ids in the extract that the id map does not hold yet, in the order they will be registered.
WITH named AS (
    SELECT 'person' AS source, pers_person_id AS source_id FROM extract.person
    UNION SELECT 'person', moth_person_id FROM extract.mother
    UNION SELECT 'person', moth_childs_person_id FROM extract.mother
    UNION SELECT 'person', clae_person_id FROM extract.cla_episode
    UNION SELECT '903', "CHILD" FROM extract.header
    UNION SELECT '903', "CHILD" FROM extract.uasc
    UNION SELECT '903', "CHILD" FROM extract.episodes
)
SELECT
    source,
    source_id,
    row_number() OVER (ORDER BY source DESC, source_id) AS turn,
    coalesce((SELECT max(registered) FROM identity), 0) AS so_far
FROM named
WHERE source_id IS NOT NULL
  AND NOT EXISTS (
      SELECT 1 FROM identity AS known
      WHERE known.source = named.source AND known.source_id = named.source_id
  )
