-- Pairs of persons that wait for somebody to say whether they are one woman; nobody withheld.
SELECT one, other, probability, why
FROM waiting
WHERE one NOT IN (SELECT subject FROM withheld)
  AND other NOT IN (SELECT subject FROM withheld)
