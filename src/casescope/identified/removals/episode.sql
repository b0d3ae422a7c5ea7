-- The 903 return where it knows the child, the case system's episodes where it does not.
SELECT * FROM episode_903
UNION ALL
SELECT * FROM episode_in_case_system
WHERE child_id NOT IN (SELECT child_id FROM episode_903)
