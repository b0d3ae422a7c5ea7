-- The route of each removal from the legal status that day (a voluntary start followed by an
-- order within $route_window_days takes the order's route), and whether it was compulsory: a
-- court or emergency status at any time in the period from the removal on. Only a voluntary start
-- needs a look at what followed.
WITH later AS (
    SELECT
        separation.child_id,
        separation.period,
        arg_min(care.ls, care.decom) FILTER (
            care.decom > removed_on AND care.decom <= removed_on + $route_window_days
        ) AS order_soon,
        bool_or(care.decom >= removed_on OR coalesce(care.dec, DATE '9999-12-31') > removed_on)
            AS compulsory
    FROM separation
    JOIN care USING (child_id, period)
    WHERE separation.ls = 'V2'
      AND (care.ls IN $court_statuses OR care.ls IN $emergency_statuses)
    GROUP BY separation.child_id, separation.period
),
routed AS (
    SELECT
        separation.*,
        coalesce(order_soon, ls) AS route_status,
        coalesce(later.compulsory, ls <> 'V2') AS compulsory
    FROM separation LEFT JOIN later USING (child_id, period)
)
SELECT
    child_id,
    removed_on,
    CAST(
        CASE
            WHEN route_status IN $court_statuses THEN 'court'
            WHEN route_status IN $emergency_statuses THEN 'emergency'
            ELSE 'voluntary'
        END AS ENUM ('court', 'emergency', 'voluntary')
    ) AS route,
    compulsory,
    CAST('care' AS ENUM ('care', 'order', 'elsewhere')) AS basis
FROM routed
