-- Pairs of records that are worth comparing: they agree in enough that they could be one woman, they
-- do not declare to be, and one of the two is a mother's. All that a link needs lies within these
-- blocks; no other pair is ever looked at. (A plain `<>` would be taken for a way to join, of all with
-- all; the difference of the two is only a filter.)
WITH block AS (
    SELECT one, other FROM slipped
    UNION SELECT one, other FROM born_alike
    UNION SELECT one, other FROM living_alike
    UNION SELECT one, other FROM parents_alike
    UNION
    -- forename and surname changed places
    SELECT least(l.unique_id, r.unique_id), greatest(l.unique_id, r.unique_id)
    FROM appearance AS l JOIN appearance AS r
      ON l.forename = r.surname AND l.surname = r.forename
)
SELECT block.one AS join_key_l, block.other AS join_key_r, '0' AS match_key
FROM block
JOIN appearance AS l ON l.unique_id = block.one
JOIN appearance AS r ON r.unique_id = block.other
WHERE l.subject - r.subject <> 0 AND (l.is_mother OR r.is_mother)
