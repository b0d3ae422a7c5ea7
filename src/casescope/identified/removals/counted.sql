-- Every woman's removals under each linkage and each count: broad (in care), strict (of those,
-- compulsory), wide (broad, and those by orders without care or by another authority).
WITH hers AS (
    SELECT linkage, woman_id, removal.*
    FROM removal JOIN people.motherhood USING (child_id)
)
SELECT 'broad' AS removals, * FROM hers WHERE basis = 'care'
UNION ALL
SELECT 'strict', * FROM hers WHERE basis = 'care' AND compulsory
UNION ALL
SELECT 'wide', * FROM hers
