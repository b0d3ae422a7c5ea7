-- Her tier and history under each count; the day of her latest removal from the reference date.
SELECT
    linkage,
    removals,
    token.token AS woman,
    tier,
    no_tier,
    CAST(removed_children AS INTEGER) AS removed_children,
    CAST(events AS INTEGER) AS events,
    CAST(repeat_events AS INTEGER) AS repeat_events,
    multiple_removal,
    CAST(latest_on - $reference_date::DATE AS INTEGER) AS latest_day,
    in_her_care,
    pregnant
FROM cohort.standing
JOIN token ON token.subject = standing.woman_id
