-- Whether the return of a year in the middle is missing, and which; whether one file holds several
-- years' returns, so that an episode stands in it both open and ended; and whether two files that
-- reach as far (returns made in the course of a year don't) hold one year's return and differ.
WITH twin AS (
    SELECT one.year, one.file AS one, other.file AS other, least(one.rows, other.rows) AS rows
    FROM return_file AS one
    JOIN return_file AS other USING (year)
    WHERE one.yearly AND other.yearly AND one.file < other.file
      AND one.ends >= 3 AND other.ends >= 3 AND abs(one.last_on - other.last_on) <= 31
),
told AS (
    SELECT DISTINCT _file AS file, "CHILD" AS child, "DECOM" AS decom, "LS", "PLACE", "DEC", "REC"
    FROM extract.episodes
    WHERE _file IN (SELECT one FROM twin UNION SELECT other FROM twin)
      AND "CHILD" NOT IN (SELECT id FROM withheld_id WHERE source = '903')
),
compared AS (
    SELECT
        twin.year,
        twin.one,
        twin.other,
        twin.rows,
        child,
        decom,
        count(DISTINCT file) AS files,
        count(DISTINCT ("LS", "PLACE", "DEC", "REC")) AS said
    FROM twin JOIN told ON told.file IN (twin.one, twin.other)
    GROUP BY ALL
),
amended AS (
    SELECT year, count(*) FILTER (files = 1 OR said > 1) AS differ
    FROM compared
    GROUP BY year, one, other, rows
    HAVING count(*) FILTER (files = 2) >= 0.5 * rows
       AND count(*) FILTER (files = 1 OR said > 1) > 0
),
years AS (
    SELECT
        sum(differ)::BIGINT AS differ,
        list_aggregate(list_sort(list(DISTINCT year || '–' || right(CAST(year + 1 AS VARCHAR), 2))),
                       'string_agg', ', ') AS detail
    FROM amended
),
repeated AS (
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
UNION ALL
SELECT
    'return_given_twice', coalesce(differ > 0, false), coalesce(differ, 0), (SELECT count(*) FROM repeated), detail, NULL
FROM years
