-- Everyone who leaves because of a restriction: the person restricted, in all her records
-- (named by a record's id or, where no record is known, by a 903 id), and
-- the children of a restricted woman, whose removals would tell of her.
WITH restricted AS (
    SELECT subject FROM record WHERE record_subject_id IN $restrictions
    UNION
    SELECT subject FROM child_903 WHERE own_subject_id IN $restrictions
)
SELECT subject, true AS restricted FROM restricted
UNION
SELECT child_id, false FROM motherhood_all
WHERE woman_id IN (SELECT subject FROM restricted)
  AND child_id NOT IN (SELECT subject FROM restricted)
