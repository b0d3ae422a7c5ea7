-- Newborns perhaps placed together with their mother: first placed, in their first 28 days, with
-- parents or in foster care, where she lived at the same postcode then. Listed for checking.
WITH placed AS (
    SELECT child_id, min(decom) AS placed_on, arg_min(place, decom) AS place
    FROM removals.care
    JOIN people.child USING (child_id)
    WHERE decom - child.dob BETWEEN 0 AND 27
    GROUP BY child_id
),
placed_at AS (
    SELECT known_as.subject AS child_id, "DECOM" AS placed_on, "PL_POST" AS postcode
    FROM extract.episodes
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    WHERE "PL_POST" IS NOT NULL
    UNION
    SELECT subject, placed.placed_on, postcode
    FROM her_address
    JOIN placed ON placed.child_id = subject
    WHERE coalesce(started_on <= placed.placed_on + 28, true)
      AND coalesce(ended_on > placed.placed_on, true)
)
SELECT DISTINCT motherhood.linkage, motherhood.woman_id, placed.child_id, placed.placed_on
FROM placed
JOIN placed_at USING (child_id, placed_on)
JOIN people.motherhood USING (child_id)
JOIN people.same_woman USING (linkage, woman_id)
JOIN her_address AS hers
  ON hers.subject = same_woman.subject AND hers.postcode = placed_at.postcode
WHERE (placed.place = 'P1' OR left(placed.place, 1) IN ('U', 'Q'))
  AND coalesce(hers.started_on <= placed.placed_on + 28, true)
  AND coalesce(hers.ended_on > placed.placed_on, true)
