-- For each table of spells: the day before which nothing has ended, and how many of the spells
-- that began earlier would have ended by then (`due`), had they lasted as long as later ones do.
-- In a whole table few are due: the first to end is the first. Many due and none there means that
-- what ended earlier was left out. Relationships end at adoption: so many of them are due as
-- adoptions before that day lead one to expect. One row in 500 may bear a mistyped date.
WITH spell AS (
    SELECT * FROM happening
    WHERE table_name IN ('episodes', 'cla_episode', 'placement', 'legal_status', 'mother')
      AND started_on IS NOT NULL
      AND (ended_on IS NULL OR ended_on >= started_on)
),
earliest AS (
    SELECT table_name, quantile_disc(ended_on, 0.002) AS first_end_on
    FROM spell WHERE ended_on IS NOT NULL
    GROUP BY table_name
),
extent AS (
    SELECT quantile_disc(started_on, 0.9995) AS last_on FROM happening
),
adopted AS (
    SELECT
        count(*) FILTER (dec < first_end_on) AS before,
        count(*) FILTER (dec >= first_end_on) AS since
    FROM removals.care, earliest
    WHERE rec IN $adopted_reasons AND table_name = 'mother'
),
lasting AS (
    SELECT
        table_name,
        first_end_on,
        last_on,
        count(ended_on) AS ends,
        count(*) FILTER (ended_on < first_end_on) AS passed_over,
        count(*) FILTER (ended_on BETWEEN first_end_on AND first_end_on + 365) AS ends_in_a_year,
        avg(CASE WHEN ended_on <= started_on + 30 THEN 1 ELSE 0 END)
            FILTER (started_on BETWEEN first_end_on AND last_on - 30) AS within_30,
        avg(CASE WHEN ended_on <= started_on + 182 THEN 1 ELSE 0 END)
            FILTER (started_on BETWEEN first_end_on AND last_on - 182) AS within_182,
        avg(CASE WHEN ended_on <= started_on + 730 THEN 1 ELSE 0 END)
            FILTER (started_on BETWEEN first_end_on AND last_on - 730) AS within_730,
        avg(CASE WHEN ended_on <= started_on + 1826 THEN 1 ELSE 0 END)
            FILTER (started_on BETWEEN first_end_on AND last_on - 1826) AS within_1826
    FROM spell JOIN earliest USING (table_name) CROSS JOIN extent
    GROUP BY table_name, first_end_on, last_on
)
SELECT
    table_name,
    first_end_on,
    last_on,
    passed_over,
    least(greatest(60, 5 * 365 // greatest(ends_in_a_year, 1)), 200) AS slack,
    greatest(
        CASE WHEN table_name = 'mother' THEN ends * before / greatest(since, 1) ELSE 0 END,
        coalesce(sum(CASE
            WHEN first_end_on - started_on >= 1826
                THEN coalesce(within_1826, within_730, within_182)
            WHEN first_end_on - started_on >= 730
                THEN coalesce(within_730, within_182, within_30)
            WHEN first_end_on - started_on >= 182 THEN coalesce(within_182, within_30)
            WHEN first_end_on - started_on >= 30 THEN within_30
            ELSE 0
        END) FILTER (started_on < first_end_on), 0)
    ) AS due
FROM spell JOIN lasting USING (table_name) CROSS JOIN adopted
GROUP BY table_name, first_end_on, last_on, passed_over, slack, ends, before, since
