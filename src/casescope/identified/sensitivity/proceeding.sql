-- The proceedings of their children.
SELECT * FROM removals.proceeding WHERE child_id IN (SELECT child_id FROM their_child)
