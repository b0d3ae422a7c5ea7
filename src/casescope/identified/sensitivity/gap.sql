-- Days between a child's episodes where there are any.
SELECT child_id, days
FROM (
    SELECT
        child_id,
        decom - max(coalesce(dec, DATE '9999-12-31')) OVER (
            PARTITION BY child_id ORDER BY decom
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS days
    FROM removals.care
) AS stepped
WHERE days > 0
