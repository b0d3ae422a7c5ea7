-- Signs that the extract was cut before it came: how often each was seen, out of how many, and
-- whether that is enough to say so.
WITH relationship AS (
    SELECT
        count(*) AS rows,
        count(moth_end_date) AS ended,
        count(*) FILTER (moth_childs_person_id IS NULL) AS without_child
    FROM extract.mother
    WHERE moth_person_id NOT IN (SELECT person_id FROM people.record
                                 WHERE subject IN (SELECT subject FROM people.withheld))
),
first_end AS (
    SELECT min(dec) AS on_day, max(coalesce(dec, decom)) AS last_day FROM removals.care
),
first_episode AS (
    SELECT known_as.subject AS child_id, arg_min("RNE", "DECOM") AS rne
    FROM extract.episodes
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    GROUP BY known_as.subject
),
mother AS (
    SELECT woman_id, bool_or(pers_person_id IS NULL
        OR (pers_forename IS NULL AND pers_surname IS NULL)
        OR (pers_dob IS NULL AND pers_expected_dob IS NULL)) AS bare
    FROM people.woman
    JOIN people.known_as ON known_as.subject = woman_id AND known_as.source = 'person'
    LEFT JOIN extract.person ON pers_person_id = known_as.source_id
    GROUP BY woman_id
)
SELECT 'no_relationship_table' AS sign, rows = 0 AS seen, rows AS records, rows AS of
FROM relationship
UNION ALL
SELECT 'no_ended_relationships', rows > 0 AND ended = 0, rows - ended, rows FROM relationship
UNION ALL
SELECT 'six_year_window',
    coalesce(abs((last_day - on_day) - 6 * 365.25) <= 120, false),
    coalesce(last_day - on_day, 0), coalesce(last_day - on_day, 0)
FROM first_end
UNION ALL
SELECT 'first_episode_not_a_start',
    count(*) > 0 AND count(*) FILTER (coalesce(rne, '') <> 'S') > 0.05 * count(*),
    count(*) FILTER (coalesce(rne, '') <> 'S'), count(*)
FROM first_episode
UNION ALL
SELECT 'relationship_without_child', without_child > 0, without_child, rows FROM relationship
UNION ALL
SELECT 'mother_without_name_or_birth', count(*) FILTER (bare) > 0, count(*) FILTER (bare), count(*)
FROM mother
