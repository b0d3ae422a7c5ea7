-- One row a child not withheld: anyone with a 903 id or an episode of care, or named as
-- somebody's child.
WITH header AS (
    SELECT
        known_as.subject_id,
        min("DOB") AS dob,
        first("ETHNIC" ORDER BY "ETHNIC") FILTER ("ETHNIC" IS NOT NULL) AS ethnicity,
        bool_or(coalesce("MOTHER", false)) AS is_mother
    FROM extract.header
    JOIN known_as ON known_as.source = '903' AND known_as.source_id = header."CHILD"
    GROUP BY known_as.subject_id
),
relationship AS (
    SELECT child_id AS subject_id, min(moth_childs_dob) AS dob FROM maternal_link GROUP BY child_id
),
everyone AS (
    SELECT subject_id FROM known_as WHERE source = '903'
    UNION
    SELECT subject_id
    FROM extract.cla_episode
    JOIN known_as ON known_as.source = 'person' AND known_as.source_id = clae_person_id
    UNION
    SELECT child_id FROM maternal_link
    WHERE child_id NOT IN (SELECT subject_id FROM withheld)
),
asylum AS (
    SELECT DISTINCT known_as.subject_id
    FROM extract.uasc
    JOIN known_as ON known_as.source = '903' AND known_as.source_id = uasc."CHILD"
)
SELECT
    everyone.subject_id AS child_id,
    coalesce(detail.dob, relationship.dob, header.dob) AS dob,
    detail.expected_dob AS expected_on,
    detail.died_on,
    coalesce(detail.ethnicity, header.ethnicity) AS ethnicity,
    coalesce(header.is_mother, false) AS is_mother,
    asylum.subject_id IS NOT NULL AS asylum_seeker
FROM everyone
LEFT JOIN detail USING (subject_id)
LEFT JOIN relationship USING (subject_id)
LEFT JOIN header USING (subject_id)
LEFT JOIN asylum USING (subject_id)
