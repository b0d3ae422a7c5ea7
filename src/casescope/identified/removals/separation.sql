-- The first episode of each period of care that separates child and mother: a legal status that
-- counts, and neither with parents (P1) nor a mother-and-baby unit or family centre (R3).
-- Who never counts whatever the episode leaves later, in removal.sql.
SELECT child_id, period, min(decom) AS removed_on, arg_min(ls, decom) AS ls
FROM care
WHERE ls IN $counting_statuses AND coalesce(place, '') NOT IN $with_mother_placements
GROUP BY child_id, period
