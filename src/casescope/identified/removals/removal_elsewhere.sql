-- Wide: a removal by another authority of a child who has also been in care here, unless it lies
-- within 365 days of a removal here that counts and so is the same thing. A child never in care here
-- is in removal_by_order already.
SELECT DISTINCT child_id, coalesce(ordered_on, applied_on) AS removed_on
FROM proceeding
WHERE elsewhere AND order_kind <> 'supervision' AND coalesce(placed_with, '') <> 'mother'
  AND child_id IN (SELECT child_id FROM care)
  AND NOT EXISTS (
      SELECT 1
      FROM removal_in_care AS here
      JOIN people.child USING (child_id)
      WHERE here.child_id = proceeding.child_id
        AND abs(here.removed_on - coalesce(proceeding.ordered_on, proceeding.applied_on)) <= 365
        AND coalesce(
            (
                (year(removed_on) * 10000 + month(removed_on) * 100 + day(removed_on))
                - (year(child.dob) * 10000 + month(child.dob) * 100 + day(child.dob))
            ) // 10000 < $max_age_at_removal,
            true
        )
  )
