-- What is counted year by year (from 1 April), so that a hole in a year is seen; every series has
-- every year of the last 25 that the records of care reach.
WITH moment AS (
    SELECT 'episodes_started' AS series, decom AS on_day FROM removals.care
    UNION ALL SELECT 'episodes_ended', dec FROM removals.care
    UNION ALL
    SELECT 'periods_started', min(decom) FROM removals.care GROUP BY child_id, period
    UNION ALL SELECT 'removals', removed_on FROM removals.removal WHERE basis = 'care'
    UNION ALL
    SELECT 'first_not_a_start', min(started_on)
    FROM beginning
    WHERE table_name = (SELECT max(table_name) FROM beginning) AND NOT starts
    GROUP BY child
    UNION ALL SELECT 'relationships_started', started_on FROM happening WHERE table_name = 'mother'
    UNION ALL SELECT 'relationships_ended', ended_on FROM happening WHERE table_name = 'mother'
    UNION ALL SELECT 'assessments', started_on FROM happening WHERE table_name = 'assessment'
),
counted AS (
    SELECT
        series,
        CAST(year(on_day) - CASE WHEN month(on_day) < 4 THEN 1 ELSE 0 END AS INTEGER) AS year,
        count(*) AS rows
    FROM moment
    WHERE on_day <= $reference_date
    GROUP BY ALL
    UNION ALL
    SELECT 'return_rows', year, sum(rows) FROM return_file WHERE yearly GROUP BY year
    UNION ALL
    SELECT 'return_problems', year, count(DISTINCT (problem.file, problem.row))
    FROM extract.problem JOIN return_file USING (file)
    WHERE yearly AND problem.table_name = 'episodes'
      AND coalesce(subject, '') NOT IN (SELECT id FROM withheld_id WHERE source = '903')
    GROUP BY year
),
reach AS (
    SELECT
        CAST(year($reference_date) - CASE WHEN month($reference_date) < 4 THEN 1 ELSE 0 END
             AS INTEGER) AS last_year,
        (SELECT quantile_disc(started_on, 0.002) FROM happening
         WHERE table_name IN ('episodes', 'cla_episode', 'assessment')) AS first_on
),
every AS (
    SELECT unnest(generate_series(
        greatest(last_year - 24, least(last_year, coalesce(year(first_on), last_year))), last_year
    )) AS year
    FROM reach
)
SELECT
    kind.series,
    CAST(every.year AS INTEGER) AS year,
    CAST(coalesce(counted.rows, 0) AS INTEGER) AS rows
FROM (SELECT unnest($series) AS series) AS kind
CROSS JOIN every
LEFT JOIN counted ON counted.series = kind.series AND counted.year = every.year
