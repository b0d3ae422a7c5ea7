-- The 903 return where it knows the child, the case system's episodes where it does not.
SELECT * FROM episode_903
UNION ALL
SELECT * FROM episode_in_case_system
WHERE child_id NOT IN (
    SELECT known_as.subject_id
    FROM extract.episodes
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
)
