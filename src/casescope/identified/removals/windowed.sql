-- Removals in windows: the window hangs on the first removal and does not chain. Each day points
-- to the first day beyond its window; the windows are the days met by following the pointers.
WITH RECURSIVE day AS (
    SELECT DISTINCT linkage, removals, woman_id, removed_on FROM counted
),
pointed AS (
    SELECT
        *,
        min(removed_on) OVER her_days AS first_day,
        min(removed_on) OVER (
            her_days ORDER BY CAST(removed_on - DATE '1900-01-01' AS INTEGER)
            RANGE BETWEEN $event_window_days + 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_day
    FROM day
    WINDOW her_days AS (PARTITION BY linkage, removals, woman_id)
),
opened AS (
    SELECT linkage, removals, woman_id, removed_on AS opened_on, next_day
    FROM pointed WHERE removed_on = first_day
    UNION ALL
    SELECT pointed.linkage, pointed.removals, pointed.woman_id, pointed.removed_on, pointed.next_day
    FROM opened
    JOIN pointed
      ON pointed.linkage = opened.linkage AND pointed.removals = opened.removals
     AND pointed.woman_id = opened.woman_id AND pointed.removed_on = opened.next_day
)
SELECT counted.*, opened.opened_on
FROM counted
JOIN opened
  ON opened.linkage = counted.linkage AND opened.removals = counted.removals
 AND opened.woman_id = counted.woman_id
 AND counted.removed_on BETWEEN opened.opened_on AND opened.opened_on + $event_window_days
