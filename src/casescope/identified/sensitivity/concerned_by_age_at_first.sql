-- Women with a child whose first removal, in any count, was at 16 or 17.
SELECT DISTINCT linkage, woman_id
FROM people.motherhood
JOIN (
    SELECT child_id FROM removals.removal GROUP BY child_id HAVING min(age) >= 16
) AS late USING (child_id)
