-- Pairs of records with a form of the forename in common, birth dates that may be one date mistaken,
-- and surnames that begin, end or sound alike or that she or her children have borne.
WITH met AS (
    SELECT DISTINCT least(l.unique_id, r.unique_id) AS one, greatest(l.unique_id, r.unique_id) AS other
    FROM birth_key AS l JOIN birth_key AS r ON l.name = r.name AND l.first = r.second
    WHERE l.unique_id <> r.unique_id
)
SELECT one, other
FROM met
JOIN appearance AS l ON l.unique_id = met.one
JOIN appearance AS r ON r.unique_id = met.other
WHERE left(l.surname, 3) = left(r.surname, 3)
   OR right(l.surname, 3) = right(r.surname, 3)
   OR l.sound_surname = r.sound_surname
   OR list_has_any(l.surnames, r.surnames)
   OR list_has_any(l.surnames, r.kin)
   OR list_has_any(l.kin, r.surnames)
