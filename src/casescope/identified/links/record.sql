-- Each person record and the person it belongs to under both linkages: by declared identity, and a
-- child's unborn record with the one opened at birth. A person goes by the number of the record
-- registered first.
WITH same_child AS (
    SELECT unborn AS subject, least(unborn, born) AS first_number FROM birth
    UNION ALL
    SELECT born, least(unborn, born) FROM birth
)
SELECT
    person_id, registered, record_subject_id, coalesce(first_number, subject) AS subject
FROM declared
LEFT JOIN same_child USING (subject)
