-- Who is whose birth mother, among those not withheld, under each linkage of women.
SELECT linkage, woman_id, child_id, doubtful, two_mothers, childs_dob
FROM motherhood_all
WHERE woman_id NOT IN (SELECT subject FROM withheld)
  AND child_id NOT IN (SELECT subject FROM withheld)
