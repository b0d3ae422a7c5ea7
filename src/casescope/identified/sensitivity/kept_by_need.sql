-- The removals of their children but those for the child's disability (CIN need N2).
SELECT removal.*
FROM removals.removal
LEFT JOIN detail USING (child_id, removed_on)
WHERE removal.child_id IN (SELECT child_id FROM their_child)
  AND NOT coalesce(regexp_matches(detail.need, '^N2([^0-9]|$)'), false)
