-- Children whose care begins in the middle although nothing explains it: the table in which they
-- are the larger share.
WITH counted AS (
    SELECT
        table_name,
        count(*) FILTER (NOT starts AND NOT explained) AS records,
        count(*) AS children
    FROM beginning GROUP BY table_name
),
judged AS (
    SELECT *, records >= 5 AND records > 0.05 * children AS seen FROM counted
)
SELECT
    'first_episode_not_a_start' AS sign,
    coalesce(bool_or(seen), false) AS seen,
    coalesce(arg_max(records, records / children), 0) AS records,
    coalesce(arg_max(children, records / children), 0) AS of,
    string_agg(table_name, ', ' ORDER BY table_name) FILTER (seen) AS detail,
    NULL::DATE AS since
FROM judged
