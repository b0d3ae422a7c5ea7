-- The episodes of their children, in the study's own periods of care.
SELECT * FROM removals.care WHERE child_id IN (SELECT child_id FROM their_child)
