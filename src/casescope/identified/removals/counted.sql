-- Every woman's removals under each linkage and each count: broad (in care), strict (of those,
-- compulsory), wide (broad, and those by orders without care or by another authority).
SELECT variant, woman_id, child_id, removed_on, age_days, age, route
FROM removal
JOIN people.motherhood USING (child_id)
JOIN variant USING (linkage)
WHERE variant.removals = 'wide'
   OR (basis = 'care' AND (variant.removals = 'broad' OR compulsory))
