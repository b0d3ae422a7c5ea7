-- Everyone who leaves because of a restriction, under both linkages alike: the person restricted,
-- in all her records (named by a record's id or, where no record is known, by a 903 id); everyone
-- who is probably one woman with her, because a merged woman takes the strictest restriction; and
-- the children of a restricted woman, whose removals would tell of her.
WITH named AS (
    SELECT subject FROM record WHERE record_subject_id IN $restrictions
    UNION
    SELECT subject FROM child_903 WHERE own_subject_id IN $restrictions
),
restricted AS (
    SELECT subject FROM named
    UNION
    SELECT member.subject
    FROM named
    JOIN cluster ON cluster.subject = named.subject
    JOIN cluster AS member ON member.woman_id = cluster.woman_id
)
SELECT subject, true AS restricted FROM restricted
UNION
SELECT child_id, false FROM motherhood_all
WHERE woman_id IN (SELECT subject FROM restricted)
  AND child_id NOT IN (SELECT subject FROM restricted)
