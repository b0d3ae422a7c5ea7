-- Values that were there and could not be used: legal statuses that are no code, and columns in
-- which at least 5 values, and 2 in 100 rows, could not be read (placements that are no code among
-- them). Tables of a database that lack one column, and on which removals or women rest, were not
-- read at all; a file that does refuses the load.
WITH given AS (
    SELECT table_name, sum(rows_read) AS rows FROM table_quality GROUP BY table_name
),
wrong AS (
    SELECT table_name, column_name, kind = 'unknown legal status' AS is_status, sum(rows) AS records
    FROM problem_count
    WHERE kind IN ('unknown legal status', 'unknown placement') OR starts_with(kind, 'unreadable ')
    GROUP BY ALL
),
many AS (
    SELECT wrong.*, given.rows
    FROM wrong JOIN given USING (table_name)
    WHERE records >= 5 AND records >= 0.02 * given.rows
),
counted AS (
    SELECT
        unnest(['legal_status_not_known', 'values_not_read']) AS sign,
        unnest([true, false]) AS is_status
),
nearly AS (
    SELECT regexp_extract(note, '^it is nearest to ''([a-z_]+)'' but lacks [^,]+$', 1) AS table_name
    FROM extract.source_file
    WHERE table_name IS NULL
)
SELECT
    sign,
    count(many.records) > 0 AS seen,
    coalesce(sum(records), 0)::BIGINT AS records,
    coalesce(sum(rows), 0)::BIGINT AS of,
    string_agg(DISTINCT table_name || ' ' || column_name, ', ' ORDER BY table_name || ' ' || column_name)
        AS detail,
    NULL::DATE AS since
FROM counted LEFT JOIN many USING (is_status)
GROUP BY sign
UNION ALL
SELECT
    'table_not_read',
    count(*) > 0,
    count(*),
    (SELECT count(*) FROM extract.source_file),
    string_agg(DISTINCT table_name, ', ' ORDER BY table_name),
    NULL
FROM nearly
WHERE table_name IN ('person', 'mother', 'episodes', 'cla_episode', 'legal_status', 'placement',
                     'proceedings', 'assessment', 'assessment_factor')
