-- The proceedings of their children's removals, matched before any removal was left out.
SELECT *
FROM removals.proceeding_of_removal
WHERE child_id IN (SELECT child_id FROM their_child)
