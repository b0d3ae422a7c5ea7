-- Doubtful records by the kind of doubt.
SELECT name, records
FROM caveat
ORDER BY name
