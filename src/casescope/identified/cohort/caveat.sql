-- How many records are doubtful in each named way. They are listed at the council for checking
-- and never mended in silence.
WITH removed AS (
    SELECT DISTINCT child_id FROM removals.removal
)
SELECT 'doubtful_mother_links' AS name, count(*)::INTEGER AS records
FROM people.motherhood JOIN removed USING (child_id)
WHERE doubtful AND linkage = 'strict'
UNION ALL
SELECT 'two_birth_mothers', count(*)::INTEGER
FROM people.motherhood
WHERE two_mothers AND linkage = 'strict'
UNION ALL
SELECT 'expected_date_passed', count(*)::INTEGER
FROM expecting
WHERE NOT due AND linkage = 'strict'
UNION ALL
SELECT 'children_903_not_joined', count(*)::INTEGER
FROM people.known_as
JOIN people.child_903 ON child_903.child_903 = known_as.source_id
WHERE known_as.source = '903' AND child_903.joined_by = 'not joined'
UNION ALL
SELECT 'removal_age_not_known', count(DISTINCT child_id)::INTEGER
FROM removals.removal WHERE age_days IS NULL
UNION ALL
SELECT 'newborn_perhaps_with_mother', count(DISTINCT child_id)::INTEGER
FROM newborn_with_mother
UNION ALL
SELECT kinds.kind, count(conflict.kind)::INTEGER
FROM (VALUES
    ('start_differs'), ('only_in_returns'), ('only_in_case_system'), ('taken_from_case_system'),
    ('legal_status_differs')
) AS kinds (kind)
LEFT JOIN removals.conflict USING (kind)
GROUP BY kinds.kind
UNION ALL
SELECT 'probable_links', count(*)::INTEGER FROM doubt
WHERE kind = 'probable_link' AND linkage = 'lenient'
UNION ALL
SELECT 'links_to_review', count(*)::INTEGER FROM people.review
UNION ALL
SELECT 'latest_address_in_no_row', count(*)::INTEGER
FROM last_address
WHERE inside IS NULL AND linkage = 'strict' AND EXISTS (SELECT 1 FROM extract.place)
