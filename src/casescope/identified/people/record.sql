-- Each person record and the person it belongs to: whoever can be reached from it over shared
-- claims. The person goes by the subject id of the earliest-registered record.
WITH RECURSIVE pair AS (
    SELECT one, other FROM same_person
    UNION SELECT other, one FROM same_person
),
reached(person_id, member) AS (
    SELECT one, one FROM pair
    UNION
    SELECT reached.person_id, pair.other
    FROM reached JOIN pair ON pair.one = reached.member
),
identity AS (
    SELECT source_id AS person_id, subject_id, registered
    FROM identities.identity
    WHERE source = 'person'
),
earliest AS (
    SELECT reached.person_id, min(identity.registered) AS registered
    FROM reached JOIN identity ON identity.person_id = reached.member
    GROUP BY reached.person_id
)
SELECT
    identity.person_id,
    identity.registered,
    identity.subject_id AS record_subject_id,
    coalesce(person.subject_id, identity.subject_id) AS subject_id
FROM identity
LEFT JOIN earliest ON earliest.person_id = identity.person_id
LEFT JOIN identity AS person ON person.registered = earliest.registered
