-- How each child's care begins, as far as it is known, in the return and in the case system:
-- whether the first episode says that care starts. Where it doesn't, that is explained if the
-- child was in care when the records begin, or came into care in a year whose return is missing.
WITH coded AS (
    SELECT upper(clae_cla_episode_start_reason) AS reason FROM extract.cla_episode
),
readable AS (
    SELECT
        count(*) FILTER (regexp_matches(reason, '^[SLPTBU]([^A-Z]|$)|STARTED TO BE LOOKED AFTER'))
            >= 0.5 * count(*) AS reasons
    FROM coded
),
opening AS (
    SELECT 'episodes' AS table_name, "CHILD" AS child, "DECOM" AS started_on,
        coalesce("RNE" = 'S', false) AS starts
    FROM extract.episodes
    WHERE "DECOM" <= $reference_date
      AND "CHILD" NOT IN (SELECT id FROM withheld_id WHERE source = '903')
    UNION ALL
    SELECT 'cla_episode', clae_person_id, clae_cla_episode_start_date,
        coalesce(regexp_matches(upper(clae_cla_episode_start_reason),
                                '^S([^A-Z]|$)|STARTED TO BE LOOKED AFTER'), false)
    FROM extract.cla_episode, readable
    WHERE clae_cla_episode_start_date <= $reference_date
      AND reasons
      AND clae_person_id NOT IN (SELECT id FROM withheld_id WHERE source = 'person')
),
began AS (
    SELECT table_name, child, min(started_on) AS started_on FROM opening GROUP BY table_name, child
),
known_from AS (
    SELECT 'episodes' AS table_name, make_date(min(year), 4, 1) AS on_day FROM return_year
    UNION ALL
    SELECT table_name, first_end_on FROM earliest_end WHERE table_name = 'cla_episode'
)
SELECT
    began.table_name,
    began.child,
    began.started_on,
    bool_or(opening.starts) AS starts,
    coalesce(began.started_on < any_value(on_day), true)
        OR (began.table_name = 'episodes'
            AND CAST(year(began.started_on) - CASE WHEN month(began.started_on) < 4 THEN 1 ELSE 0 END
                     AS INTEGER) IN (SELECT year FROM return_year WHERE missing)) AS explained
FROM began
JOIN opening USING (table_name, child, started_on)
LEFT JOIN known_from USING (table_name)
GROUP BY began.table_name, began.child, began.started_on
