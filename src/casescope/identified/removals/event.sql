-- One row a removal event of a woman, under each linkage and each count.
SELECT account.linkage, account.removals, account.woman_id, account_event.* EXCLUDE (account)
FROM account JOIN account_event USING (account)
