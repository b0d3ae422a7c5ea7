-- Woman-time followed for the local removal rate, and the children newly removed in it, under every
-- linkage and count.
SELECT
    linkage,
    removals,
    age_band,
    since_event,
    CAST(sum(days) AS BIGINT) AS days,
    CAST(sum(children) AS INTEGER) AS children
FROM exposure
GROUP BY linkage, removals, age_band, since_event
