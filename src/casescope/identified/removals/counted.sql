-- The removals of each account, once, by the count that leads it.
SELECT account, child_id, removed_on, age_days, age, route
FROM removal
JOIN people.motherhood USING (child_id)
JOIN account USING (linkage, woman_id)
WHERE leads
  AND (account.removals = 'wide'
       OR (basis = 'care' AND (account.removals = 'broad' OR compulsory)))
