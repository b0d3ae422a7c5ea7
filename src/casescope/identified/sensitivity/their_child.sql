-- All children of the women whom a variation concerns.
SELECT DISTINCT child_id FROM people.motherhood JOIN concerned USING (linkage, woman_id)
