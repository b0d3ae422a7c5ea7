-- The removals of their children but of those first removed, in any count, at 16 or 17.
SELECT removal.*
FROM removals.removal
WHERE child_id IN (SELECT child_id FROM their_child)
  AND child_id NOT IN (
      SELECT child_id FROM removals.removal GROUP BY child_id HAVING min(age) >= 16
  )
