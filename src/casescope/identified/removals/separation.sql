-- The first episode of each period of care that separates child and mother: a legal status that
-- counts, and neither with parents (P1) nor a mother-and-baby unit or family centre (R3).
-- Unaccompanied asylum seekers never count; nor do children of $max_age_at_removal or more.
WITH first_episode AS (
    SELECT child_id, period, min(decom) AS removed_on, arg_min(ls, decom) AS ls
    FROM care
    WHERE ls IN $counting_statuses AND coalesce(place, '') NOT IN $with_mother_placements
    GROUP BY child_id, period
)
SELECT first_episode.*
FROM first_episode
JOIN people.child USING (child_id)
WHERE NOT child.asylum_seeker
  AND coalesce(
      (
          (year(removed_on) * 10000 + month(removed_on) * 100 + day(removed_on))
          - (year(child.dob) * 10000 + month(child.dob) * 100 + day(child.dob))
      ) // 10000 < $max_age_at_removal,
      true
  )
