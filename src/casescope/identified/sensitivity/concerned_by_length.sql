-- Women with a removal shorter than $least_days.
SELECT DISTINCT linkage, woman_id
FROM people.motherhood JOIN detail USING (child_id)
WHERE days < $least_days
