-- Tables whose dates stop well before the others', and records that all stop well before the
-- reference date: at the pace of its last two years, seven more days with something new should have
-- come since (days, for what happens to siblings and moves from one place to another comes at once).
WITH moment AS (
    SELECT table_name, started_on AS on_day FROM happening WHERE started_on <= $reference_date
    UNION ALL
    SELECT table_name, ended_on FROM happening WHERE ended_on <= $reference_date
),
latest AS (
    SELECT table_name, max(on_day) AS last_on FROM moment GROUP BY table_name
),
pace AS (
    SELECT table_name, last_on, count(DISTINCT on_day) FILTER (on_day > last_on - 730) / 730 AS a_day
    FROM moment JOIN latest USING (table_name)
    GROUP BY table_name, last_on
),
everything AS (
    SELECT max(last_on) AS last_on, sum(a_day) AS a_day, count(*) AS tables FROM pace
),
stopped AS (
    SELECT pace.table_name, pace.last_on
    FROM pace, everything
    WHERE everything.last_on - pace.last_on >= 120
      AND pace.a_day * 730 >= 8
      AND pace.a_day * (everything.last_on - pace.last_on) >= 7
)
SELECT
    'table_stops' AS sign,
    count(*) > 0 AS seen,
    count(*) AS records,
    (SELECT tables FROM everything) AS of,
    string_agg(table_name, ', ' ORDER BY table_name) AS detail,
    min(last_on) AS since
FROM stopped
UNION ALL
SELECT
    'extract_stops_early',
    coalesce($reference_date - last_on >= 120 AND a_day * ($reference_date - last_on) >= 7, false),
    coalesce($reference_date - last_on, 0),
    coalesce($reference_date - last_on, 0),
    NULL,
    last_on
FROM everything
