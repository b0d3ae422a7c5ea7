-- Women two of whose days of removal lie close together, and how close.
WITH day AS (
    SELECT DISTINCT linkage, woman_id, removed_on
    FROM people.motherhood JOIN removals.removal USING (child_id)
),
stepped AS (
    SELECT
        linkage,
        woman_id,
        removed_on - lag(removed_on) OVER (
            PARTITION BY linkage, woman_id ORDER BY removed_on
        ) AS days
    FROM day
)
SELECT linkage, woman_id, min(days) AS days
FROM stepped
WHERE days IS NOT NULL
GROUP BY linkage, woman_id
