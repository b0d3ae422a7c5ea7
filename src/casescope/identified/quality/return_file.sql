-- Each file of 903 episodes, and the year from 1 April that it is the return of: the year in which
-- most of its episodes ended, for a return holds what was open in its year. Not every file is one
-- year's: `yearly` says whether nearly all of its ends lie in that year.
WITH line AS (
    SELECT
        _file AS file,
        "DECOM" AS decom,
        CASE WHEN "DEC" <= $reference_date THEN "DEC" END AS dec
    FROM extract.episodes
    WHERE "DECOM" <= $reference_date
      AND "CHILD" NOT IN (SELECT id FROM withheld_id WHERE source = '903')
),
ended AS (
    SELECT
        file,
        CAST(year(dec) - CASE WHEN month(dec) < 4 THEN 1 ELSE 0 END AS INTEGER) AS year,
        count(*) AS ends
    FROM line WHERE dec IS NOT NULL
    GROUP BY ALL
),
most AS (
    SELECT file, arg_max(year, ends * 10000 + year) AS year, max(ends) AS most, sum(ends) AS ends
    FROM ended GROUP BY file
),
latest AS (
    SELECT
        file,
        max(coalesce(greatest(decom, dec), decom)) AS last_on,
        count(*) AS rows
    FROM line GROUP BY file
)
SELECT
    latest.file,
    CASE
        WHEN ends >= 3 THEN most.year
        ELSE CAST(year(last_on) - CASE WHEN month(last_on) < 4 THEN 1 ELSE 0 END AS INTEGER)
    END AS year,
    coalesce(most.most >= 0.8 * ends, true) AS yearly,
    rows,
    last_on,
    coalesce(ends, 0) AS ends
FROM latest LEFT JOIN most USING (file)
