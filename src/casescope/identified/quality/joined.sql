-- How the children of the return were joined to people of the case system, and why others not.
SELECT
    CASE WHEN reason IS NULL THEN joined_by ELSE joined_by || ': ' || reason END AS how,
    count(*) AS children
FROM people.child_903
WHERE subject NOT IN (SELECT subject FROM people.withheld)
GROUP BY joined_by, reason
