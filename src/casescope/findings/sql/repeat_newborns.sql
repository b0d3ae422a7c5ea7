-- Repeat removals (later events with a new child), and how many of them hold a new child under 28
-- days old.
SELECT
    removals,
    count(*) AS repeat_events,
    count(*) FILTER (newborn) AS with_newborn
FROM event
WHERE linkage = $linkage AND event > 1 AND new_children > 0
GROUP BY removals
