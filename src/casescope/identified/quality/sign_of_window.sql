-- Tables from which what ended early was left out: six years before the extract (the stock window
-- of the Standard Safeguarding Dataset), from a 1 April on (a number of financial years), or from
-- another day of the last eight years; what begins earlier is taken for the system's own start.
-- A day that fits the known window is evidence too, so fewer rows need to be missing there.
WITH cut AS (
    SELECT
        *,
        make_date(
            CAST(year(first_end_on + 5) - CASE WHEN month(first_end_on + 5) < 4 THEN 1 ELSE 0 END
                 AS INTEGER), 4, 1
        ) AS april,
        first_end_on - CAST(last_on - to_years(6) AS DATE) AS after_six_years,
        first_end_on - CAST(greatest(last_on, $reference_date) - to_years(6) AS DATE)
            AS after_six_years_of_reference
    FROM earliest_end
    WHERE first_end_on BETWEEN last_on - 8 * 365 AND last_on - 365
),
named AS (
    SELECT
        table_name,
        first_end_on,
        due - 3 * passed_over AS due,
        CASE
            WHEN after_six_years BETWEEN -20 AND slack
              OR after_six_years_of_reference BETWEEN -20 AND slack THEN 'six_year_window'
            WHEN first_end_on - april BETWEEN -5 AND least(slack, 120) THEN 'financial_year_window'
            ELSE 'short_history'
        END AS sign
    FROM cut
)
SELECT
    kind.sign,
    count(named.table_name) > 0 AS seen,
    count(named.table_name) AS records,
    (SELECT count(*) FROM earliest_end) AS of,
    string_agg(named.table_name, ', ' ORDER BY named.table_name) AS detail,
    min(first_end_on) AS since
FROM (VALUES ('six_year_window', 3), ('financial_year_window', 5), ('short_history', 7))
    AS kind(sign, enough)
LEFT JOIN named ON named.sign = kind.sign AND named.due >= kind.enough
GROUP BY kind.sign
