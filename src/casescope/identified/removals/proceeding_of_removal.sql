-- Which removal a row of proceedings belongs to: the child's removal nearest its application date,
-- at most 365 days away, the earlier on a tie; over all removals, before any count filters them.
SELECT DISTINCT proc_id, child_id, removed_on
FROM (
    SELECT
        proceeding.proc_id,
        removal.child_id,
        removal.removed_on,
        row_number() OVER (
            PARTITION BY proceeding.proc_id, proceeding.child_id, proceeding.applied_on
            ORDER BY abs(removal.removed_on - proceeding.applied_on), removal.removed_on
        ) AS place
    FROM proceeding JOIN removal USING (child_id)
    WHERE abs(removal.removed_on - proceeding.applied_on) <= 365
) AS nearest
WHERE place = 1
