-- Facts that cannot be: kept, listed by case-system id, never mended in silence.
WITH hers AS (
    SELECT
        motherhood.child_id,
        woman.dob AS mothers_dob,
        woman.died_on AS mother_died_on,
        child.dob
    FROM people.motherhood
    JOIN people.woman USING (linkage, woman_id)
    JOIN people.child USING (child_id)
    WHERE linkage = 'strict'
),
fact AS (
    SELECT 'child_born_before_mother_was_11' AS kind, child_id AS subject
    FROM hers WHERE dob < CAST(mothers_dob + to_years(11) AS DATE)
    UNION
    SELECT 'child_born_after_mothers_death', child_id FROM hers WHERE dob > mother_died_on
    UNION
    SELECT 'episode_ends_before_it_starts', child_id FROM removals.care WHERE dec < decom
    UNION
    SELECT 'overlapping_episodes', child_id
    FROM (
        SELECT
            child_id,
            decom,
            max(coalesce(dec, DATE '9999-12-31')) OVER (
                PARTITION BY child_id ORDER BY decom
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS ended_before
        FROM removals.care
    ) AS sequence
    WHERE decom < ended_before
    UNION
    SELECT 'removal_after_death', removal.child_id
    FROM removals.removal JOIN people.child USING (child_id)
    WHERE removed_on > died_on
    UNION
    SELECT 'removal_after_mothers_death', hers.child_id
    FROM removals.removal JOIN hers USING (child_id)
    WHERE removed_on > mother_died_on
    UNION
    SELECT 'two_birth_mothers', child_id FROM people.motherhood WHERE two_mothers
    UNION
    SELECT 'own_mother', mother.subject
    FROM extract.mother AS relationship
    JOIN people.known_as AS mother
      ON mother.source = 'person' AND mother.source_id = moth_person_id
    JOIN people.known_as AS child
      ON child.source = 'person' AND child.source_id = moth_childs_person_id
    WHERE mother.subject = child.subject
)
SELECT fact.kind, first(known_as.source_id ORDER BY known_as.source DESC, registered) AS id
FROM fact JOIN people.known_as USING (subject)
GROUP BY fact.kind, fact.subject
