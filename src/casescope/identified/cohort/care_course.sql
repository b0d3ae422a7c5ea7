-- What became of each removed child of an account, from the first of its removals to the reference
-- date. A placement lasts until the next in the same period of care begins, the last one until the
-- period ends; days under a status that doesn't count (short breaks, remand) are left out. How care
-- ended is told by the reason of the latest end, short breaks aside; for a child never in care here,
-- by the order that took the place of care.
WITH place_kind AS (
    SELECT unnest($kind_places) AS place, unnest($place_kinds) AS kind
),
reason_ending AS (
    SELECT unnest($ending_reasons) AS rec, unnest($reason_endings) AS ending
),
began AS (
    SELECT
        account,
        child_id,
        min(removed_on) AS first_on,
        min(age_days) AS age_days,
        min(age) AS age
    FROM removals.event_removal
    GROUP BY account, child_id
),
start AS (
    SELECT DISTINCT child_id, first_on FROM began
),
stay AS (
    SELECT
        care.child_id,
        care.decom,
        care.ls,
        coalesce(place_kind.kind, 'other') AS kind,
        coalesce(
            lead(care.decom) OVER (PARTITION BY care.child_id, care.period ORDER BY care.decom),
            CASE
                WHEN bool_or(care.dec IS NULL) OVER (PARTITION BY care.child_id, care.period)
                THEN $reference_date::DATE
                ELSE max(care.dec) OVER (PARTITION BY care.child_id, care.period)
            END
        ) AS until
    FROM removals.care
    LEFT JOIN place_kind USING (place)
    WHERE care.child_id IN (SELECT child_id FROM start)
),
in_kind AS (
    SELECT
        start.child_id,
        start.first_on,
        stay.kind,
        sum(stay.until - greatest(stay.decom, start.first_on)) AS days
    FROM start
    JOIN stay ON stay.child_id = start.child_id AND stay.until > start.first_on
    WHERE stay.ls IN $counting_statuses AND stay.until > stay.decom
    GROUP BY start.child_id, start.first_on, stay.kind
),
lived AS (
    SELECT
        child_id,
        first_on,
        sum(days) FILTER (kind = 'relatives') AS days_relatives,
        sum(days) FILTER (kind = 'foster') AS days_foster,
        sum(days) FILTER (kind = 'adoption') AS days_adoption,
        sum(days) FILTER (kind = 'residential') AS days_residential,
        sum(days) FILTER (kind = 'with_parent') AS days_with_parent,
        sum(days) FILTER (kind = 'other') AS days_other,
        sum(days) AS days_in_care,
        first(kind ORDER BY days DESC, kind) AS longest_kind
    FROM in_kind
    GROUP BY child_id, first_on
),
ended AS (
    SELECT
        child_id,
        care.decom,
        care.dec,
        coalesce(reason_ending.ending, 'other') AS ending
    FROM removals.care
    LEFT JOIN reason_ending USING (rec)
    WHERE care.dec IS NOT NULL AND coalesce(care.ls, '') NOT IN $short_break_statuses
),
last_end AS (
    SELECT child_id, max(dec) AS last_on, first(ending ORDER BY dec DESC, decom DESC) AS ending
    FROM ended
    GROUP BY child_id
),
permanent AS (
    SELECT
        start.child_id,
        start.first_on,
        min(ended.dec) AS permanent_on,
        first(ended.ending ORDER BY ended.dec, ended.decom) AS permanence
    FROM start
    JOIN ended ON ended.child_id = start.child_id AND ended.dec >= start.first_on
    WHERE ended.ending IN $permanent_endings
    GROUP BY start.child_id, start.first_on
),
ordered AS (
    SELECT
        start.child_id,
        start.first_on,
        CASE
            WHEN bool_or(made.order_kind = 'special guardianship') THEN 'special guardianship'
            WHEN bool_or(made.order_kind = 'child arrangements') THEN 'child arrangements'
        END AS permanence
    FROM start
    JOIN (
        SELECT child_id, ordered_on, order_kind FROM removals.family_order
        UNION ALL
        SELECT child_id, ordered_on, order_kind FROM removals.proceeding
    ) AS made ON made.child_id = start.child_id AND made.ordered_on = start.first_on
    WHERE start.child_id NOT IN (SELECT child_id FROM removals.care)
    GROUP BY start.child_id, start.first_on
)
SELECT
    began.account,
    began.child_id,
    began.first_on,
    began.age_days,
    began.age,
    coalesce(days_relatives, 0)::INTEGER AS days_relatives,
    coalesce(days_foster, 0)::INTEGER AS days_foster,
    coalesce(days_adoption, 0)::INTEGER AS days_adoption,
    coalesce(days_residential, 0)::INTEGER AS days_residential,
    coalesce(days_with_parent, 0)::INTEGER AS days_with_parent,
    coalesce(days_other, 0)::INTEGER AS days_other,
    coalesce(days_in_care, 0)::INTEGER AS days_in_care,
    coalesce(longest_kind, 'none') AS longest_kind,
    CASE
        WHEN whereabouts.in_care THEN 'still in care'
        ELSE coalesce(last_end.ending, ordered.permanence, 'other')
    END AS ending,
    coalesce(permanent.permanence, ordered.permanence, 'none') AS permanence,
    CASE
        WHEN permanent_on IS NOT NULL THEN permanent_on - began.first_on
        WHEN ordered.permanence IS NOT NULL THEN 0
        WHEN whereabouts.in_care THEN $reference_date::DATE - began.first_on
        ELSE greatest(0, coalesce(last_end.last_on - began.first_on, 0))
    END AS permanence_days
FROM began
JOIN whereabouts USING (child_id)
LEFT JOIN lived USING (child_id, first_on)
LEFT JOIN last_end USING (child_id)
LEFT JOIN permanent USING (child_id, first_on)
LEFT JOIN ordered USING (child_id, first_on)
