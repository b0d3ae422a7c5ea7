-- Is each of a woman's living children under 18 in her care at the reference date?
WITH together AS (
    SELECT DISTINCT mother.subject AS woman_id, child.subject AS child_id
    FROM her_address AS mother
    JOIN her_address AS child ON child.postcode = mother.postcode
    WHERE mother.current AND child.current
)
SELECT
    motherhood.linkage,
    motherhood.woman_id,
    motherhood.child_id,
    CASE
        WHEN in_care AND placed IN $with_mother_placements THEN 'recorded'
        WHEN in_care OR adopted OR left_to_someone_else OR ordered_elsewhere THEN 'no'
        WHEN together.child_id IS NOT NULL THEN 'recorded'
        ELSE 'unknown'
    END AS in_her_care
FROM people.motherhood
JOIN whereabouts USING (child_id)
LEFT JOIN together USING (woman_id, child_id)
WHERE NOT died
  AND (dob IS NOT NULL OR expected_on IS NULL)
  AND (dob IS NULL OR (dob <= $reference_date AND
       (strftime($reference_date::DATE, '%Y%m%d')::INTEGER - strftime(dob, '%Y%m%d')::INTEGER)
       // 10000 < 18))
