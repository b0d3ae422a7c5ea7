-- All removals of every count, before any filter. `age_days` is null where birth is not known.
WITH every AS (
    SELECT * FROM removal_in_care
    UNION ALL
    SELECT child_id, removed_on, 'court', true, 'order' FROM removal_by_order
    UNION ALL
    SELECT child_id, removed_on, 'court', true, 'elsewhere' FROM removal_elsewhere
)
SELECT
    every.*,
    removed_on - child.dob AS age_days,
    (strftime(removed_on, '%Y%m%d')::INTEGER - strftime(child.dob, '%Y%m%d')::INTEGER) // 10000
        AS age
FROM every
JOIN people.child USING (child_id)
WHERE NOT child.asylum_seeker
  AND (child.dob IS NULL
       OR (strftime(removed_on, '%Y%m%d')::INTEGER - strftime(child.dob, '%Y%m%d')::INTEGER)
          // 10000 < $max_age_at_removal)
