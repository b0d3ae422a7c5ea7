-- Removal events and the women behind them, under each count of removals.
SELECT
    removals,
    CAST(sum(events) AS INTEGER) AS events,
    CAST(sum(repeat_events) AS INTEGER) AS repeat_events,
    count(*) FILTER (repeat_events >= 1) AS women_with_repeat,
    count(*) FILTER (multiple_removal) AS women_with_multiple
FROM standing
WHERE linkage = $linkage
GROUP BY removals
