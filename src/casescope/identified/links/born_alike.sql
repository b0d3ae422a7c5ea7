-- Pairs of records with one birth date and something alike in the names.
SELECT l.unique_id AS one, r.unique_id AS other
FROM appearance AS l JOIN appearance AS r ON l.dob = r.dob
WHERE l.unique_id < r.unique_id
  AND (l.forename[1] = r.forename[1]
       OR list_has_any(l.families, r.families)
       OR list_has_any(l.forenames, r.forenames)
       OR l.surname = r.surname
       OR list_has_any(l.surnames, r.surnames)
       OR (l.forename[1] = r.surname[1] AND l.surname[1] = r.forename[1]))
