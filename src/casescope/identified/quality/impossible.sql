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
died AS (
    SELECT child_id, min(died_on) AS died_on
    FROM (
        SELECT child_id, died_on FROM people.child
        UNION ALL
        SELECT child_id, dec FROM removals.care WHERE rec IN $died_reasons
    ) AS death
    GROUP BY child_id
),
relationship AS (
    SELECT
        mother.subject AS mother,
        child.subject AS child,
        lower(coalesce(moth_relationship, '')) AS kind,
        moth_start_date AS started_on
    FROM extract.mother
    JOIN people.known_as AS mother
      ON mother.source = 'person' AND mother.source_id = moth_person_id
    JOIN people.known_as AS child
      ON child.source = 'person' AND child.source_id = moth_childs_person_id
),
fact AS (
    SELECT 'child_born_before_mother_was_11' AS kind, child_id AS subject
    FROM hers WHERE dob < CAST(mothers_dob + to_years(11) AS DATE)
    UNION
    SELECT 'child_born_after_mothers_death', child_id FROM hers WHERE dob > mother_died_on
    UNION
    SELECT 'episode_ends_before_it_starts', known_as.subject
    FROM extract.episodes
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = "CHILD"
    WHERE "DEC" < "DECOM"
    UNION
    SELECT 'episode_ends_before_it_starts', known_as.subject
    FROM extract.cla_episode
    JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = clae_person_id
    WHERE clae_cla_episode_ceased_date < clae_cla_episode_start_date
    UNION
    SELECT 'overlapping_episodes', subject FROM overlap
    UNION
    SELECT 'removal_after_death', child_id
    FROM removals.removal JOIN died USING (child_id)
    WHERE removed_on > died_on
    UNION
    SELECT 'removal_after_mothers_death', hers.child_id
    FROM removals.removal JOIN hers USING (child_id)
    WHERE removed_on > mother_died_on
    UNION
    SELECT 'two_birth_mothers', child
    FROM relationship
    WHERE mother <> child
      AND NOT regexp_matches(kind, 'adopt|step|foster|father|grand|aunt|uncle|sister|brother|sibling|cousin|guardian|kinship|partner')
      AND (started_on IS NULL OR started_on <= $reference_date)
    GROUP BY child
    HAVING count(DISTINCT mother) > 1
    UNION
    SELECT 'own_mother', mother FROM relationship WHERE mother = child
    UNION
    SELECT 'mother_recorded_as_male', mother
    FROM relationship
    JOIN people.known_as ON known_as.subject = mother AND known_as.source = 'person'
    JOIN extract.person ON pers_person_id = known_as.source_id
    WHERE pers_sex IN ('M', '1', 'MALE')
      AND NOT regexp_matches(kind, 'adopt|step|foster|father|grand|aunt|uncle|sister|brother|sibling|cousin|guardian|kinship|partner')
)
SELECT fact.kind, first(known_as.source_id ORDER BY known_as.source DESC, registered) AS id
FROM fact JOIN people.known_as USING (subject)
GROUP BY fact.kind, fact.subject
