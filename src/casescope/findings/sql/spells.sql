-- Spells from the first removal event, grouped by their length and by what women are compared by; an
-- index before the end of the washout is left out. Every ending other than an event censors; death
-- and the age limit also compete: after them no event can come.
SELECT
    removals,
    CASE
        WHEN age_at_index IS NULL THEN 'not_known'
        WHEN age_at_index < 20 THEN 'under_20'
        WHEN age_at_index < 25 THEN '20_24'
        WHEN age_at_index < 30 THEN '25_29'
        WHEN age_at_index < 35 THEN '30_34'
        ELSE '35_over'
    END AS age,
    CASE WHEN newborn_index THEN 'yes' ELSE 'no' END AS index_newborn,
    CAST(CAST(floor(year($reference_date + index_day) / 10) AS INTEGER) * 10 AS VARCHAR) AS decade,
    follow_up_days AS day,
    count(*) FILTER (ending = 'event') AS events,
    count(*) FILTER (ending <> 'event') AS censored,
    count(*) FILTER (ending IN ('died', 'age_limit')) AS competing
FROM spell
WHERE linkage = $linkage AND index_day >= $first_index_day
GROUP BY removals, age, index_newborn, decade, day
ORDER BY removals, age, index_newborn, decade, day
