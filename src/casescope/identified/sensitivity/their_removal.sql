-- The removals of their children.
SELECT * FROM removals.removal WHERE child_id IN (SELECT child_id FROM their_child)
