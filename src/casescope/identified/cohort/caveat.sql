-- How many records are doubtful in each named way. They are listed at the council for checking
-- and never mended in silence.
WITH removed AS (
    SELECT DISTINCT child_id FROM removals.removal
),
newborn_placed AS (
    SELECT
        child.child_id,
        arg_min("PLACE", "DECOM") AS place,
        arg_min("PL_POST", "DECOM") AS placed_at
    FROM extract.episodes
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    JOIN people.child ON child.child_id = known_as.subject
    WHERE "DECOM" - child.dob BETWEEN 0 AND 27 AND "DECOM" <= $reference_date
    GROUP BY child.child_id
)
SELECT 'doubtful_mother_links' AS name, count(*)::INTEGER AS records
FROM people.motherhood JOIN removed USING (child_id) WHERE doubtful
UNION ALL
SELECT 'two_birth_mothers', count(*)::INTEGER FROM people.motherhood WHERE two_mothers
UNION ALL
SELECT 'expected_date_passed', count(*)::INTEGER FROM expecting WHERE NOT due
UNION ALL
SELECT 'children_903_not_joined', count(*)::INTEGER
FROM people.known_as
JOIN people.child_903 ON child_903.child_903 = known_as.source_id
WHERE known_as.source = '903' AND child_903.joined_by = 'not joined'
UNION ALL
SELECT 'removal_age_not_known', count(DISTINCT child_id)::INTEGER
FROM removals.removal WHERE age_days IS NULL
UNION ALL
SELECT 'newborn_perhaps_with_mother', count(DISTINCT newborn_placed.child_id)::INTEGER
FROM newborn_placed
JOIN people.motherhood USING (child_id)
JOIN her_address ON her_address.subject = motherhood.woman_id
WHERE (newborn_placed.place = 'P1' OR left(newborn_placed.place, 1) = 'U')
  AND her_address.postcode = newborn_placed.placed_at
