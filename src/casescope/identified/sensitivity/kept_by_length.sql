-- The removals of their children but those shorter than $least_days; one without a period of care
-- has no known length and stays.
SELECT removal.*
FROM removals.removal
LEFT JOIN detail USING (child_id, removed_on)
WHERE removal.child_id IN (SELECT child_id FROM their_child)
  AND coalesce(detail.days >= $least_days, true)
