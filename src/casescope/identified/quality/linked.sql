-- Links between a mother and her child, and those of them that nobody says are by birth.
SELECT count(*) AS links, count(*) FILTER (doubtful) AS doubtful
FROM people.motherhood WHERE linkage = 'strict'
