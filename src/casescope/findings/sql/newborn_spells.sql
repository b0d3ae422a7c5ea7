-- Spells from the first removal event to the next of a new child under 28 days old, by their length.
SELECT
    removals,
    newborn_follow_up_days AS day,
    count(*) FILTER (newborn_ending = 'event') AS events,
    count(*) FILTER (newborn_ending <> 'event') AS censored,
    count(*) FILTER (newborn_ending IN ('died', 'age_limit')) AS competing
FROM spell
WHERE linkage = $linkage AND index_day >= $first_index_day
GROUP BY removals, day
ORDER BY removals, day
