-- What the records say of where each child lives now, before any mother is asked after.
WITH open_episode AS (
    SELECT child_id, arg_max(coalesce(place, ''), decom) AS place, max(decom) AS placed_on
    FROM removals.care
    WHERE dec IS NULL AND coalesce(ls, '') NOT IN $short_break_statuses
    GROUP BY child_id
),
short_break AS (
    SELECT child_id, arg_max(coalesce(place, ''), decom) AS place, max(decom) AS placed_on
    FROM removals.care
    WHERE dec IS NULL AND ls IN $short_break_statuses
    GROUP BY child_id
),
history AS (
    SELECT
        child_id,
        max(dec) AS last_ended_on,
        max(dec) FILTER (coalesce(ls, '') NOT IN $short_break_statuses) AS last_home_on,
        first(rec ORDER BY dec DESC, decom DESC) FILTER (dec IS NOT NULL) AS last_reason,
        max(dec) FILTER (rec IN $adopted_reasons) AS adopted_on,
        bool_or(coalesce(rec IN $died_reasons, false)) AS died
    FROM removals.care
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
    SELECT
        child_id,
        max(ordered_on) AS ordered_on,
        max(ordered_on) FILTER (adopted) AS adopted_on
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
    open_episode.placed_on,
    short_break.place AS short_break_placed,
    short_break.placed_on AS short_break_placed_on,
    coalesce(history.adopted_on, last_order.adopted_on) AS adopted_on,
    coalesce(history.last_reason IN $left_to_someone_else, false) AS left_to_someone_else,
    history.last_ended_on,
    coalesce(last_place.elsewhere, false)
        AND NOT coalesce(history.last_home_on > last_place.ordered_on, false) AS ordered_elsewhere,
    last_place.ordered_on,
    history.last_reason
FROM people.child
LEFT JOIN open_episode USING (child_id)
LEFT JOIN short_break USING (child_id)
LEFT JOIN history USING (child_id)
LEFT JOIN last_order USING (child_id)
LEFT JOIN last_place USING (child_id)
