-- One row a woman: all that her tier depends on besides her removals.
WITH of_children AS (
    SELECT
        linkage,
        woman_id,
        CASE
            WHEN bool_or(in_her_care = 'recorded') THEN 'recorded'
            WHEN bool_or(in_her_care = 'unknown') THEN 'unknown'
            ELSE 'no'
        END AS in_her_care
    FROM child_now
    GROUP BY linkage, woman_id
),
pregnant AS (
    SELECT DISTINCT linkage, woman_id FROM expecting WHERE due
),
in_care_once AS (
    SELECT DISTINCT linkage, woman_id FROM care_experienced
),
watched AS (
    SELECT DISTINCT linkage, woman_id
    FROM people.motherhood JOIN child_at_issue USING (child_id)
),
born AS (
    SELECT linkage, woman_id, count(*) AS children
    FROM people.motherhood JOIN people.child USING (child_id)
    WHERE child.dob <= $reference_date OR (child.dob IS NULL AND child.expected_on IS NULL)
    GROUP BY linkage, woman_id
)
SELECT
    woman.linkage,
    woman.woman_id,
    woman.dob,
    woman.age_basis,
    woman.died_on,
    woman.ethnicity,
    CAST((strftime($reference_date::DATE, '%Y%m%d')::INTEGER
          - strftime(woman.dob, '%Y%m%d')::INTEGER) // 10000 AS INTEGER) AS age,
    coalesce(last_address.inside = false, false) AS left_area,
    CASE WHEN last_address.inside = false THEN last_address.left_days END AS left_days,
    last_address.area,
    coalesce(of_children.in_her_care, 'no') AS in_her_care,
    pregnant.woman_id IS NOT NULL AS pregnant,
    in_care_once.woman_id IS NOT NULL AS care_experienced,
    watched.woman_id IS NOT NULL AS child_at_issue,
    coalesce(born.children, 0) AS children
FROM people.woman
LEFT JOIN last_address USING (linkage, woman_id)
LEFT JOIN of_children USING (linkage, woman_id)
LEFT JOIN pregnant USING (linkage, woman_id)
LEFT JOIN watched USING (linkage, woman_id)
LEFT JOIN born USING (linkage, woman_id)
LEFT JOIN in_care_once USING (linkage, woman_id)
