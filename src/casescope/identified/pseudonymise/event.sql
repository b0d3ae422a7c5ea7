-- One row a removal event, its day counted from the reference date.
SELECT
    linkage,
    removals,
    token.token AS woman,
    CAST(event AS INTEGER) AS event,
    CAST(event_on - $reference_date::DATE AS INTEGER) AS day,
    CAST(children AS INTEGER) AS children,
    CAST(new_children AS INTEGER) AS new_children,
    newborn,
    route
FROM removals.event
JOIN token ON token.subject = event.woman_id
