-- Every id by which she and her children go: record ids, 903 ids, registration numbers, the random
-- subject ids and tokens. Hers are all records known to be hers, those probably hers too; a hold on
-- a child is of the child alone.
WITH named AS (
    SELECT subject FROM people.record WHERE list_contains($subjects, record_subject_id)
    UNION
    SELECT subject FROM people.child_903 WHERE list_contains($subjects, own_subject_id)
),
she AS (
    SELECT subject FROM named
    UNION
    SELECT member.subject
    FROM named
    JOIN people.cluster AS own ON own.subject = named.subject
    JOIN people.cluster AS member ON member.woman_id = own.woman_id
),
they AS (
    SELECT subject FROM she
    UNION
    SELECT maternal_link.child_id
    FROM people.maternal_link JOIN she ON she.subject = maternal_link.woman_id
),
known AS (
    SELECT 'person' AS source, person_id AS source_id FROM people.record JOIN they USING (subject)
    UNION
    SELECT '903', child_903 FROM people.child_903 JOIN they USING (subject)
),
given AS (
    SELECT known.source, known.source_id, subject_id, token, registered
    FROM known JOIN identities.identity USING (source, source_id)
)
SELECT 'number' AS kind, subject::VARCHAR AS id FROM they
UNION
SELECT 'number', registered::VARCHAR FROM given
UNION
SELECT source, source_id FROM known
UNION
SELECT 'subject', subject_id FROM given
UNION
SELECT 'token', token FROM given
