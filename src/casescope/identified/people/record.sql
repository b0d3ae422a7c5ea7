-- Each person record and the person it belongs to by declared identity, as the links step found.
SELECT person_id, registered, record_subject_id, subject FROM links.record
