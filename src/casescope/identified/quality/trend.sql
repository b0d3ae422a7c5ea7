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
-- A file that holds several years' returns has, in each of its years, what was open in it then.
stacked AS (
    SELECT _file, "CHILD", "DECOM" AS decom, min("DEC") AS dec
    FROM extract.episodes JOIN return_file ON file = _file AND NOT yearly
    WHERE "DECOM" <= $reference_date
      AND "CHILD" NOT IN (SELECT id FROM withheld_id WHERE source = '903')
    GROUP BY ALL
),
stack AS (
    SELECT
        _file,
        unnest(generate_series(
            year(min(dec) - INTERVAL 3 MONTH),
            year(max(least(coalesce(dec, decom), $reference_date::DATE)) - INTERVAL 3 MONTH)
        )) AS year
    FROM stacked GROUP BY _file
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
    SELECT 'return_rows', year, sum(rows)
    FROM (
        SELECT year, rows FROM return_file WHERE yearly
        UNION ALL
        SELECT stack.year, 1
        FROM stack
        JOIN stacked
          ON stacked._file = stack._file
         AND decom < make_date(CAST(stack.year + 1 AS INTEGER), 4, 1)
         AND coalesce(dec >= make_date(CAST(stack.year AS INTEGER), 4, 1), true)
    ) AS returned
    GROUP BY year
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
