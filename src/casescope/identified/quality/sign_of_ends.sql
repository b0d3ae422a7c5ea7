-- Files of episodes, of the returns or the case system, in which none has ended: the column with
-- the end was not in the export, or has another name.
WITH told AS (
    SELECT 'episodes' AS table_name, _file, "DEC" AS ended_on
    FROM extract.episodes
    WHERE "CHILD" NOT IN (SELECT id FROM withheld_id WHERE source = '903')
    UNION ALL
    SELECT 'cla_episode', _file, clae_cla_episode_ceased_date
    FROM extract.cla_episode
    WHERE clae_person_id NOT IN (SELECT id FROM withheld_id WHERE source = 'person')
),
counted AS (
    SELECT table_name, _file, count(*) >= 30 AND count(ended_on) = 0 AS endless
    FROM told GROUP BY table_name, _file
)
SELECT
    'nothing_ends' AS sign,
    coalesce(bool_or(endless), false) AS seen,
    count(*) FILTER (endless) AS records,
    count(*) AS of,
    string_agg(DISTINCT table_name, ', ' ORDER BY table_name) FILTER (endless) AS detail,
    NULL::DATE AS since
FROM counted
