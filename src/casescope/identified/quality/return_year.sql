-- Each year from 1 April between the first return and the last: how many episodes ended in it, and
-- whether its return is missing. An episode's end stands in the return of its year alone, so a
-- year in which none ended, while some did in the years around it, was not loaded. Fewer are
-- enough to say so where there are also fewer files than years.
WITH ended AS (
    SELECT
        CAST(year(ended_on) - CASE WHEN month(ended_on) < 4 THEN 1 ELSE 0 END AS INTEGER) AS year,
        count(*) AS ends
    FROM happening
    WHERE table_name = 'episodes' AND ended_on <= $reference_date
    GROUP BY ALL
),
held AS (
    SELECT year FROM return_file WHERE yearly
),
known AS (
    SELECT year FROM held UNION SELECT year FROM ended WHERE ends >= 3
),
every AS (
    SELECT CAST(unnest(generate_series(min(year), max(year))) AS INTEGER) AS year FROM known
),
filled AS (
    SELECT every.year, coalesce(ended.ends, 0) AS ends FROM every LEFT JOIN ended USING (year)
),
given AS (
    SELECT count(*) AS files FROM table_quality WHERE table_name = 'episodes' AND rows_used > 0
),
around AS (
    SELECT
        here.year,
        here.ends,
        avg(near.ends) FILTER (near.year <> here.year AND near.ends > 0) AS usual
    FROM filled AS here JOIN filled AS near ON near.year BETWEEN here.year - 3 AND here.year + 3
    GROUP BY here.year, here.ends
)
SELECT
    year,
    ends,
    coalesce(
        ends <= 0.05 * usual
        AND year NOT IN (SELECT year FROM held)
        AND usual >= CASE
            WHEN files < (SELECT count(*) FROM every) AND (SELECT count(*) FROM held) >= 3 THEN 3
            ELSE 8
        END,
        false
    ) AS missing
FROM around CROSS JOIN given
