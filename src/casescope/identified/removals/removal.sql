-- All removals of every count, before any count filters them. Unaccompanied asylum seekers never
-- count; nor do children of $max_age_at_removal or more. Ages are in whole years and in days, null
-- where birth is not known.
WITH every AS (
    SELECT * FROM removal_in_care
    UNION ALL
    SELECT
        child_id,
        removed_on,
        CAST('court' AS ENUM ('court', 'emergency', 'voluntary')),
        true,
        CAST('order' AS ENUM ('care', 'order', 'elsewhere'))
    FROM removal_by_order
    UNION ALL
    SELECT
        child_id,
        removed_on,
        CAST('court' AS ENUM ('court', 'emergency', 'voluntary')),
        true,
        CAST('elsewhere' AS ENUM ('care', 'order', 'elsewhere'))
    FROM removal_elsewhere
),
aged AS (
    SELECT
        child_id,
        removed_on,
        route,
        compulsory,
        basis,
        CAST(removed_on - child.dob AS INTEGER) AS age_days,
        CAST((
            (year(removed_on) * 10000 + month(removed_on) * 100 + day(removed_on))
            - (year(child.dob) * 10000 + month(child.dob) * 100 + day(child.dob))
        ) // 10000 AS SMALLINT) AS age
    FROM every
    JOIN people.child USING (child_id)
    WHERE NOT child.asylum_seeker
)
SELECT * FROM aged WHERE age IS NULL OR age < $max_age_at_removal
