-- What the records say of where each child lives now, before any mother is asked after.
WITH open_episode AS (
    SELECT child_id, arg_max(coalesce(place, ''), decom) AS place
    FROM removals.care
    WHERE dec IS NULL AND coalesce(ls, '') NOT IN $short_break_statuses
    GROUP BY child_id
),
history AS (
    SELECT
        child_id,
        max(decom) AS last_started_on,
        max(dec) AS last_ended_on,
        first(rec ORDER BY dec DESC, decom DESC) FILTER (dec IS NOT NULL) AS last_reason,
        bool_or(coalesce(rec IN $adopted_reasons, false)) AS adopted,
        bool_or(coalesce(rec IN $died_reasons, false)) AS died
    FROM removals.care
    GROUP BY child_id
),
-- The first day of each period; a period that starts after an order is the later fact.
begun AS (
    SELECT child_id, max(started_on) AS last_period_on
    FROM (
        SELECT child_id, period, min(decom) AS started_on
        FROM removals.care GROUP BY child_id, period
    ) AS period
    GROUP BY child_id
),
placing_order AS (
    SELECT child_id, ordered_on, placed_with <> 'mother' AS elsewhere, order_kind = 'adoption' AS adopted
    FROM removals.proceeding
    WHERE ordered_on IS NOT NULL AND placed_with IS NOT NULL
    UNION ALL
    SELECT child_id, ordered_on, true, order_kind = 'adoption'
    FROM removals.proceeding
    WHERE ordered_on IS NOT NULL AND placed_with IS NULL
      AND order_kind IN ('special guardianship', 'child arrangements', 'adoption')
    UNION ALL
    SELECT child_id, ordered_on, true, order_kind = 'adoption' FROM removals.family_order
),
last_order AS (
    SELECT child_id, max(ordered_on) AS ordered_on, bool_or(coalesce(adopted, false)) AS adopted
    FROM placing_order GROUP BY child_id
),
last_place AS (
    SELECT child_id, ordered_on, bool_and(elsewhere) AS elsewhere
    FROM placing_order JOIN last_order USING (child_id, ordered_on)
    GROUP BY child_id, ordered_on
)
SELECT
    child.child_id,
    child.dob,
    child.expected_on,
    child.died_on IS NOT NULL OR coalesce(history.died, false) AS died,
    open_episode.child_id IS NOT NULL AS in_care,
    open_episode.place AS placed,
    coalesce(history.adopted, false) OR coalesce(last_order.adopted, false) AS adopted,
    coalesce(history.last_reason IN $left_to_someone_else, false) AS left_to_someone_else,
    coalesce(last_place.elsewhere, false)
        AND NOT coalesce(begun.last_period_on > last_place.ordered_on, false)
        AND NOT coalesce(history.last_ended_on > last_place.ordered_on, false) AS ordered_elsewhere,
    history.last_reason
FROM people.child
LEFT JOIN open_episode USING (child_id)
LEFT JOIN history USING (child_id)
LEFT JOIN begun USING (child_id)
LEFT JOIN last_order USING (child_id)
LEFT JOIN last_place USING (child_id)
