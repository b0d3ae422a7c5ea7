-- Everyone who leaves because of a restriction: the person restricted, in all her records, and
-- the children of a restricted woman, whose removals would tell of her.
WITH restricted AS (
    SELECT DISTINCT subject FROM record WHERE record_subject_id IN $restrictions
)
SELECT subject, true AS restricted FROM restricted
UNION
SELECT child_id, false FROM motherhood_all
WHERE woman_id IN (SELECT subject FROM restricted)
  AND child_id NOT IN (SELECT subject FROM restricted)
