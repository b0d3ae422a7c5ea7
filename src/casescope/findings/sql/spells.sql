-- Spells from the first removal event, grouped by their length; an index before the end of the
-- washout is left out, and every ending other than an event censors.
SELECT
    removals,
    CASE
        WHEN age_at_index IS NULL THEN 'Not known'
        WHEN age_at_index < 20 THEN 'Under 20'
        WHEN age_at_index < 25 THEN '20–24'
        WHEN age_at_index < 30 THEN '25–29'
        WHEN age_at_index < 35 THEN '30–34'
        ELSE '35 and over'
    END AS band,
    follow_up_days AS day,
    count(*) FILTER (ending = 'event') AS events,
    count(*) FILTER (ending <> 'event') AS censored
FROM spell
WHERE linkage = $linkage AND index_day >= $first_index_day
GROUP BY removals, band, day
ORDER BY removals, band, day
