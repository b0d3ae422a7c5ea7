-- What the package says of itself.
SELECT name, value
FROM shared_about
ORDER BY name
