-- Everyone whom the extract names, by case-system id or by 903 id.
SELECT 'person' AS source, pers_person_id AS source_id FROM person
UNION SELECT 'person', moth_person_id FROM mother WHERE moth_person_id IS NOT NULL
UNION SELECT 'person', moth_childs_person_id FROM mother WHERE moth_childs_person_id IS NOT NULL
UNION SELECT 'person', clae_person_id FROM cla_episode
UNION SELECT '903', "CHILD" FROM header
UNION SELECT '903', "CHILD" FROM uasc
UNION SELECT '903', "CHILD" FROM episodes
