-- Wide: a child with no period of care here, once, on the earliest order that placed the child
-- with someone else.
WITH ordered AS (
    SELECT child_id, ordered_on AS removed_on
    FROM proceeding
    WHERE ordered_on IS NOT NULL
      AND (
          (order_kind IN ('special guardianship', 'child arrangements')
           AND coalesce(placed_with, '') <> 'mother')
          OR (order_kind = 'care' AND placed_with IN ('father', 'kin'))
      )
    UNION ALL
    SELECT child_id, ordered_on
    FROM family_order
    WHERE order_kind <> 'adoption'
    UNION ALL
    SELECT child_id, coalesce(ordered_on, applied_on)
    FROM proceeding
    WHERE elsewhere AND order_kind <> 'supervision' AND coalesce(placed_with, '') <> 'mother'
)
SELECT child_id, min(removed_on) AS removed_on
FROM ordered
WHERE NOT EXISTS (SELECT 1 FROM care WHERE care.child_id = ordered.child_id)
GROUP BY child_id
