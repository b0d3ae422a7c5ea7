-- Women recorded as having been in care as children, and where that is recorded: a care leaver, a
-- period of care of her own before she was 18, other than short breaks or remand alone, or marked as
-- a mother in her own 903 header.
WITH recorded AS (
    SELECT known_as.subject, 'care leaver' AS recorded_in
    FROM extract.care_leaver
    JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = clea_person_id
    UNION
    SELECT child_id, 'in care as a child'
    FROM removals.care
    JOIN people.child USING (child_id)
    WHERE ls IN $counting_statuses
      AND coalesce(
          (
              (year(decom) * 10000 + month(decom) * 100 + day(decom))
              - (year(child.dob) * 10000 + month(child.dob) * 100 + day(child.dob))
          ) // 10000 < 18,
          true
      )
    UNION
    SELECT child_id, 'marked as a mother in the 903 return' FROM people.child WHERE is_mother
)
SELECT DISTINCT same_woman.linkage, same_woman.woman_id, recorded.recorded_in
FROM recorded JOIN people.same_woman USING (subject)
