-- Time of each woman followed for the local removal rate, with the children newly removed in it.
SELECT
    linkage,
    removals,
    token.token AS woman,
    age_band,
    since_event,
    days,
    children
FROM cohort.exposure
JOIN token ON token.subject = exposure.woman_id
