-- Every structured record of an issue of a woman, with its day; being care-experienced holds
-- whenever it is asked.
WITH coded AS (
    SELECT unnest($factor_codes) AS code, unnest($factor_issues) AS issue
)
SELECT linkage, woman_id, issue, assessed_on AS on_day, state
FROM factor
JOIN coded USING (code)
JOIN people.motherhood USING (child_id)
UNION
SELECT linkage, woman_id, 'poverty', decom, 'yes'
FROM removals.care
JOIN people.motherhood USING (child_id)
WHERE cin = 'N7'
UNION
SELECT linkage, woman_id, 'care_experienced', NULL, 'yes'
FROM woman_now
WHERE care_experienced
