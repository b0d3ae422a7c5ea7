-- Women with a removal for their child's disability (CIN need N2).
SELECT DISTINCT linkage, woman_id
FROM people.motherhood JOIN detail USING (child_id)
WHERE regexp_matches(need, '^N2([^0-9]|$)')
