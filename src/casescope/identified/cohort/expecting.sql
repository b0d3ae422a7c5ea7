-- Unborn children at the reference date: `due` while the expected date has not passed; a passed
-- one with no birth recorded is listed for checking and not counted. A birth after the reference
-- date is not yet known: an extract may be drawn later than the day it stands for.
SELECT linkage, woman_id, child_id, expected_on, expected_on >= $reference_date AS due
FROM people.motherhood
JOIN people.child USING (child_id)
WHERE (child.dob IS NULL OR child.dob > $reference_date)
  AND child.expected_on IS NOT NULL AND child.died_on IS NULL
