-- The study's own histories of the women whom a variation concerns, to be taken off.
SELECT CAST($telling AS INTEGER) AS telling, -1 AS sign, own.* EXCLUDE (telling, sign)
FROM temp.telling AS own
JOIN concerned USING (linkage, woman_id)
WHERE own.telling = 0
