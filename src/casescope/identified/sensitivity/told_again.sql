-- The histories of the women whom a variation concerns, as it tells them.
SELECT told.* FROM told JOIN concerned USING (linkage, woman_id)
