-- Children with an episode that starts before an earlier one has ended: in the episodes as used,
-- within one file of the return, and in the case system. Two years' returns may tell of one
-- episode differently; that is not an overlap.
WITH told AS (
    SELECT 'used' AS place, child_id AS subject, decom AS started_on, dec AS ended_on
    FROM removals.care
    UNION ALL
    SELECT _file, known_as.subject, "DECOM", max("DEC")
    FROM extract.episodes
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = "CHILD"
    WHERE "DECOM" <= $reference_date
    GROUP BY _file, known_as.subject, "DECOM"
    UNION ALL
    SELECT 'case system', known_as.subject, clae_cla_episode_start_date,
        clae_cla_episode_ceased_date
    FROM extract.cla_episode
    JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = clae_person_id
    WHERE clae_cla_episode_start_date <= $reference_date
),
sequence AS (
    SELECT
        subject,
        started_on,
        max(coalesce(ended_on, DATE '9999-12-31')) OVER (
            PARTITION BY place, subject ORDER BY started_on, coalesce(ended_on, DATE '9999-12-31')
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS ended_before
    FROM told
)
SELECT DISTINCT subject FROM sequence WHERE started_on < ended_before
