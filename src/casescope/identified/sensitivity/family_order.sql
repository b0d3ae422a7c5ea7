-- The orders of their children outside care proceedings.
SELECT * FROM removals.family_order WHERE child_id IN (SELECT child_id FROM their_child)
