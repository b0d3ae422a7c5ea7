-- Pairs of records that are worth comparing: they agree in enough that they could be one woman, they
-- do not declare to be, and one of the two is a mother's, or both are worth comparing with one
-- mother's. All that a link needs lies within these blocks; no other pair is ever looked at. (A plain `<>` would be taken for a way to join, of all with
-- all; the difference of the two is only a filter.) Records that declare to be one mother's stand
-- here too: they teach how often two records of one woman agree in what.
WITH block AS (
    SELECT one, other FROM slipped
    UNION SELECT one, other FROM born_alike
    UNION SELECT one, other FROM living_alike
    UNION SELECT one, other FROM parents_alike
    UNION SELECT one, other FROM care_alike
    UNION
    -- forename and surname changed places
    SELECT least(l.unique_id, r.unique_id), greatest(l.unique_id, r.unique_id)
    FROM appearance AS l JOIN appearance AS r
      ON l.forename = r.surname AND l.surname = r.forename
),
apart AS (
    SELECT block.one, block.other, l.is_mother AS first_is, r.is_mother AS second_is
    FROM block
    JOIN appearance AS l ON l.unique_id = block.one
    JOIN appearance AS r ON r.unique_id = block.other
    WHERE l.subject - r.subject <> 0
),
-- A person of very many records teaches no more than one of a few.
declared AS (
    SELECT subject, unique_id
    FROM appearance
    WHERE is_mother AND unique_id > 0
    QUALIFY row_number() OVER (PARTITION BY subject ORDER BY unique_id) <= 8
),
beside AS (
    SELECT one AS mother, other FROM apart WHERE first_is AND NOT second_is
    UNION ALL
    SELECT other, one FROM apart WHERE second_is AND NOT first_is
)
SELECT one AS join_key_l, other AS join_key_r, '0' AS match_key
FROM apart
WHERE first_is OR second_is
   OR EXISTS (
       SELECT 1 FROM beside AS l JOIN beside AS r ON l.mother = r.mother
       WHERE l.other = apart.one AND r.other = apart.other
   )
UNION ALL
SELECT l.unique_id, r.unique_id, '0'
FROM declared AS l JOIN declared AS r ON l.subject = r.subject
WHERE l.unique_id < r.unique_id
