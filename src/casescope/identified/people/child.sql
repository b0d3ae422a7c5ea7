-- One row a child not withheld: anyone with a 903 id or an episode of care, or named as
-- somebody's child. An ethnicity not yet obtained, or refused, gives way to one that was told.
WITH header AS (
    SELECT
        known_as.subject,
        min("DOB") AS dob,
        first("ETHNIC" ORDER BY "ETHNIC" IN ('NOBT', 'REFU'), "ETHNIC")
            FILTER ("ETHNIC" IS NOT NULL) AS ethnicity,
        bool_or(coalesce("MOTHER", false)) AS is_mother
    FROM extract.header
    JOIN known_as ON known_as.source = '903' AND known_as.source_id = header."CHILD"
    GROUP BY known_as.subject
),
relationship AS (
    SELECT child_id AS subject, min(moth_childs_dob) AS dob FROM maternal_link GROUP BY child_id
),
everyone AS (
    SELECT subject FROM known_as WHERE source = '903'
    UNION
    SELECT subject
    FROM extract.cla_episode
    JOIN known_as ON known_as.source = 'person' AND known_as.source_id = clae_person_id
    UNION
    SELECT child_id FROM maternal_link
    WHERE child_id NOT IN (SELECT subject FROM withheld)
),
asylum AS (
    SELECT DISTINCT known_as.subject
    FROM extract.uasc
    JOIN known_as ON known_as.source = '903' AND known_as.source_id = uasc."CHILD"
)
SELECT
    everyone.subject AS child_id,
    coalesce(detail.dob, relationship.dob, header.dob) AS dob,
    detail.expected_dob AS expected_on,
    detail.died_on,
    coalesce(
        CASE WHEN detail.ethnicity NOT IN ('NOBT', 'REFU') THEN detail.ethnicity END,
        header.ethnicity,
        detail.ethnicity
    ) AS ethnicity,
    coalesce(header.is_mother, false) AS is_mother,
    asylum.subject IS NOT NULL AS asylum_seeker
FROM everyone
LEFT JOIN detail USING (subject)
LEFT JOIN relationship USING (subject)
LEFT JOIN header USING (subject)
LEFT JOIN asylum USING (subject)
