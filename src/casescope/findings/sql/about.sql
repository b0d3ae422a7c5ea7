-- The facts about the study and the extract.
SELECT name, value
FROM about
WHERE value IS NOT NULL
ORDER BY name
