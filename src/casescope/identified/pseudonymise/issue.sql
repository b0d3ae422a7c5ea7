-- What structured records say she lives with, by time of asking.
SELECT linkage, removals, token.token AS woman, issue, 'structured' AS source, timing, state
FROM cohort.issue
JOIN token ON token.subject = issue.woman_id
