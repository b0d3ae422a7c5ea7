-- Whether the return of a year in the middle is missing, and which; and whether one file holds
-- several years' returns, so that an episode stands in it both open and ended.
WITH repeated AS (
    SELECT bool_or("DEC" IS NULL) AND bool_or("DEC" IS NOT NULL) AS open_and_ended
    FROM extract.episodes
    WHERE "CHILD" NOT IN (SELECT id FROM withheld_id WHERE source = '903')
    GROUP BY _file, "CHILD", "DECOM"
)
SELECT
    'missing_return' AS sign,
    count(*) FILTER (missing) > 0 AS seen,
    count(*) FILTER (missing) AS records,
    count(*) AS of,
    string_agg(year || '–' || right(CAST(year + 1 AS VARCHAR), 2), ', ' ORDER BY year)
        FILTER (missing) AS detail,
    NULL::DATE AS since
FROM return_year
UNION ALL
SELECT
    'several_returns_in_one_file',
    count(*) FILTER (open_and_ended) >= 5,
    count(*) FILTER (open_and_ended),
    count(*),
    NULL,
    NULL
FROM repeated
