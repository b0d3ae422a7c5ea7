-- Women with a child whose care one gap splits and the other does not.
SELECT DISTINCT linkage, woman_id
FROM people.motherhood JOIN gap USING (child_id)
WHERE days > least($gap_days, $own_gap_days) AND days <= greatest($gap_days, $own_gap_days)
