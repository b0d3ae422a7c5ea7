-- Each removal from a period of care: how long the child was away (from the day of removal to the
-- period's end, an open one to the reference date) and why, by the episode of the removal.
WITH taken AS (
    SELECT removal.child_id, removal.removed_on, care.period, care.cin
    FROM removals.removal
    JOIN removals.care
      ON care.child_id = removal.child_id AND care.decom = removal.removed_on
    WHERE removal.basis = 'care'
)
SELECT
    taken.child_id,
    taken.removed_on,
    any_value(taken.cin) AS need,
    max(coalesce(care.dec, $reference_date::DATE)) - taken.removed_on AS days
FROM taken
JOIN removals.care
  ON care.child_id = taken.child_id AND care.period = taken.period
GROUP BY taken.child_id, taken.removed_on
