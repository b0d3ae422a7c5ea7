-- Pairs of records with a form of the forename or the surname in common, birth dates that may be one
-- date mistaken, and the other name beginning, ending or sounding alike, or borne by her or her
-- children; or with forename and surname in each other's place.
WITH met AS (
    SELECT DISTINCT least(l.unique_id, r.unique_id) AS one, greatest(l.unique_id, r.unique_id) AS other
    FROM birth_key AS l JOIN birth_key AS r ON l.name = r.name AND l.first = r.second
    WHERE l.unique_id <> r.unique_id
)
SELECT one, other
FROM met
JOIN appearance AS l ON l.unique_id = met.one
JOIN appearance AS r ON r.unique_id = met.other
WHERE (
    (left(l.surname, 3) = left(r.surname, 3)
     OR right(l.surname, 3) = right(r.surname, 3)
     OR l.sound_surname = r.sound_surname
     OR list_has_any(l.surname_families, r.surname_families)
     OR list_has_any(l.surnames, r.surnames)
     OR list_has_any(l.surnames, r.kin)
     OR list_has_any(l.kin, r.surnames))
    AND (l.forename[1] = r.forename[1]
         OR list_has_any(l.families, r.families)
         OR list_has_any(l.forenames, r.forenames))
) OR list_contains(l.surnames, r.forename) OR list_contains(r.surnames, l.forename)
