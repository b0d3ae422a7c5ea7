-- Is each of a woman's living children under 18 in her care at the reference date, on what evidence,
-- and since when? `evidence` is one of a few words, for the cohort list.
WITH together AS (
    SELECT
        same_woman.linkage,
        same_woman.woman_id,
        child.subject AS child_id,
        max(greatest(mother.started_on, child.started_on)) AS since
    FROM people.same_woman
    JOIN her_address AS mother ON mother.subject = same_woman.subject AND mother.current
    JOIN her_address AS child ON child.postcode = mother.postcode AND child.current
    GROUP BY same_woman.linkage, same_woman.woman_id, child.subject
),
judged AS (
    SELECT
        motherhood.linkage,
        motherhood.woman_id,
        motherhood.child_id,
        CASE
            WHEN in_care AND placed IN $with_mother_placements THEN 'placed with her'
            WHEN in_care THEN 'in care'
            WHEN adopted_on IS NOT NULL THEN 'adopted'
            WHEN left_to_someone_else THEN 'left care to someone else'
            WHEN ordered_elsewhere THEN 'placed by an order'
            WHEN short_break_placed IN $with_mother_placements THEN 'placed with her'
            WHEN together.child_id IS NOT NULL THEN 'shares an address'
            ELSE 'not recorded'
        END AS evidence,
        CASE WHEN in_care THEN whereabouts.placed ELSE short_break_placed END AS placed,
        CASE WHEN in_care THEN whereabouts.placed_on ELSE short_break_placed_on END AS placed_on,
        whereabouts.adopted_on,
        whereabouts.last_ended_on,
        whereabouts.ordered_on,
        together.since
    FROM people.motherhood
    JOIN whereabouts USING (child_id)
    LEFT JOIN together USING (linkage, woman_id, child_id)
    WHERE NOT died
      AND (dob IS NOT NULL OR expected_on IS NULL)
      AND (dob IS NULL OR (dob <= $reference_date AND
           (strftime($reference_date::DATE, '%Y%m%d')::INTEGER - strftime(dob, '%Y%m%d')::INTEGER)
           // 10000 < 18))
)
SELECT
    linkage,
    woman_id,
    child_id,
    CASE
        WHEN evidence IN ('placed with her', 'shares an address') THEN 'recorded'
        WHEN evidence = 'not recorded' THEN 'unknown'
        ELSE 'no'
    END AS in_her_care,
    evidence,
    CASE
        WHEN evidence IN ('placed with her', 'in care') THEN placed_on
        WHEN evidence = 'adopted' THEN adopted_on
        WHEN evidence = 'left care to someone else' THEN last_ended_on
        WHEN evidence = 'placed by an order' THEN ordered_on
        WHEN evidence = 'shares an address' THEN since
    END AS since,
    CASE WHEN evidence = 'placed with her' THEN placed END AS placed
FROM judged
