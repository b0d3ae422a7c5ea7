-- Each person record and the person it declares: whoever can be reached from it over shared
-- claims. Inside the steps a person goes by a number (`subject`): the registration number of the
-- earliest-registered record, whose random subject id is the person's.
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
    JOIN extract.named USING (source, source_id)
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
    coalesce(earliest.registered, identity.registered) AS subject
FROM identity
LEFT JOIN earliest ON earliest.person_id = identity.person_id
