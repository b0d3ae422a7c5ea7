-- The removals of each account, once, by the count that leads it.
WITH theirs AS (
    SELECT account.account, account.removals, motherhood.child_id
    FROM account
    JOIN people.motherhood
      ON motherhood.woman_id = account.woman_id
     AND (motherhood.linkage = 'strict') = (account.linkage = 'strict')
    WHERE account.leads
)
SELECT account, child_id, removed_on, age_days, age, route
FROM theirs JOIN removal USING (child_id)
WHERE theirs.removals = 'wide'
   OR (basis = 'care' AND (theirs.removals = 'broad' OR compulsory))
