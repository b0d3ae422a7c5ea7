-- What each woman's standing rests on, one fact a row, in a few closed words: for the council's list
-- alone.
SELECT linkage, woman_id, 'care' AS about, child_id, evidence AS said, since AS on_day
FROM child_now
UNION ALL
SELECT linkage, woman_id, 'pregnant', child_id, 'expected', expected_on
FROM expecting
WHERE due
UNION ALL
SELECT linkage, woman_id, 'died', NULL, 'died', died_on
FROM people.woman
WHERE died_on IS NOT NULL
UNION ALL
SELECT linkage, woman_id, 'area', NULL, 'latest address outside the authority', started_on
FROM last_address
WHERE inside = false
UNION ALL
SELECT linkage, woman_id, 'in care once', NULL, recorded_in, NULL
FROM care_experienced
UNION ALL
SELECT linkage, woman_id, 'at issue', child_id, why, since
FROM people.motherhood JOIN child_at_issue USING (child_id)
