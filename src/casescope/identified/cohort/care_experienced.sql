-- Women recorded as having been in care as children: a care leaver, or a period of care of her
-- own other than short breaks or remand alone, or marked as a mother in her own 903 header.
SELECT known_as.subject AS woman_id
FROM extract.care_leaver
JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = clea_person_id
UNION
SELECT child_id FROM removals.care WHERE ls IN $counting_statuses
UNION
SELECT child_id FROM people.child WHERE is_mother
