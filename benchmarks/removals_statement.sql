-- From the returns, the proceedings and the orders to each woman's history, under each linkage and
-- each count, in one statement: what a skilled hand would write who wanted the answer and nothing
-- on the way to it.
CREATE TABLE history AS
WITH RECURSIVE
reach AS (
    SELECT
        _file,
        greatest(
            max("DECOM") FILTER ("DECOM" <= $reference_date),
            max("DEC") FILTER ("DEC" <= $reference_date)
        ) AS reaches
    FROM extract.episodes
    GROUP BY _file
),
returned AS (
    SELECT
        known_as.subject AS child_id,
        "DECOM" AS decom,
        CASE WHEN "DEC" <= $reference_date THEN "DEC" ELSE DATE '9999-12-31' END AS until,
        "LS" AS ls,
        "PLACE" AS place,
        reaches
    FROM extract.episodes
    JOIN reach USING (_file)
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    WHERE "DECOM" <= $reference_date
),
episode AS (
    SELECT child_id, decom, until, ls, place
    FROM returned
    QUALIFY row_number() OVER (
        PARTITION BY child_id, decom ORDER BY reaches DESC, until DESC, ls, place
    ) = 1
),
begun AS (
    SELECT
        *,
        coalesce(
            decom <= $gap_days + max(until) OVER (
                PARTITION BY child_id ORDER BY decom
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            false
        ) AS goes_on
    FROM episode
),
care AS (
    SELECT
        *,
        count(*) FILTER (NOT goes_on) OVER (PARTITION BY child_id ORDER BY decom) AS period
    FROM begun
),
separation AS (
    SELECT child_id, period, min(decom) AS removed_on, arg_min(ls, decom) AS ls
    FROM care
    WHERE ls IN $counting_statuses AND coalesce(place, '') NOT IN $with_mother_placements
    GROUP BY child_id, period
),
-- Of the orders in the period: the first that soon followed, and whether any held from then on.
ordered AS (
    SELECT
        child_id,
        period,
        arg_min(care.ls, decom)
            FILTER (decom > removed_on AND decom <= removed_on + $route_window_days) AS soon,
        bool_or(decom >= removed_on OR until > removed_on) AS compulsory
    FROM care
    JOIN separation USING (child_id, period)
    WHERE care.ls IN $court_statuses OR care.ls IN $emergency_statuses
    GROUP BY child_id, period
),
in_care AS (
    SELECT
        child_id,
        removed_on,
        CASE
            WHEN coalesce(soon, ls) IN $court_statuses AND ls = 'V2' THEN 'court'
            WHEN coalesce(soon, ls) IN $emergency_statuses AND ls = 'V2' THEN 'emergency'
            WHEN ls IN $court_statuses THEN 'court'
            WHEN ls IN $emergency_statuses THEN 'emergency'
            ELSE 'voluntary'
        END AS route,
        coalesce(compulsory, false) AS compulsory
    FROM separation
    JOIN people.child USING (child_id)
    LEFT JOIN ordered USING (child_id, period)
    WHERE NOT asylum_seeker AND (dob IS NULL OR (year(removed_on) * 10000 + month(removed_on) * 100 + day(removed_on)
               - year(dob) * 10000 - month(dob) * 100 - day(dob)) // 10000 < $max_age_at_removal)
),
proceeding AS (
    SELECT
        proc_id,
        subject AS child_id,
        proc_application_date AS applied_on,
        CASE WHEN proc_order_date <= $reference_date THEN proc_order_date END AS ordered_on,
        CASE WHEN proc_order_date > $reference_date THEN '' ELSE lower(coalesce(proc_order, '')) END
            AS words,
        CASE
            WHEN regexp_matches(words, 'discharg|revok|refus|withdr|dismiss|no order') THEN NULL
            WHEN regexp_matches(words, 'special guardian|sgo') THEN 'family'
            WHEN regexp_matches(words, 'child arrangement|residence|cao|^ro$') THEN 'family'
            WHEN regexp_matches(words, 'placement|e1') THEN 'placement'
            WHEN regexp_matches(words, 'adopt') THEN 'adoption'
            WHEN regexp_matches(words, 'supervision|^so$') THEN 'supervision'
            WHEN regexp_matches(words, 'care|ico|fco|^co$|^c1|^c2') THEN 'care'
            WHEN words <> '' THEN 'other'
        END AS kind,
        CASE
            WHEN proc_order_date > $reference_date OR proc_placed_with IS NULL THEN ''
            ELSE lower(proc_placed_with)
        END AS placed_with,
        regexp_replace(
            regexp_replace(
                lower(coalesce(proc_authority, '')),
                '\b(county|city|borough|metropolitan|district|unitary|council|corporation|authority|local|royal|london|of|the|and|cc|dc|bc|mbc|mdc|lbc|lb|rb|rbc|la)\b',
                '', 'g'
            ),
            '[^a-z0-9]', '', 'g'
        ) AS authority,
        authority <> '' AND authority NOT IN $authority_names
            AND kind <> 'supervision' AND placed_with <> 'mother' AS removed_elsewhere
    FROM extract.proceedings
    JOIN people.known_as ON source = 'person' AND source_id = proc_child_person_id
    WHERE proc_application_date <= $reference_date
),
by_order AS (
    SELECT child_id, min(ordered_on) AS removed_on
    FROM (
        SELECT child_id, ordered_on
        FROM proceeding
        WHERE ordered_on IS NOT NULL
          AND ((kind = 'family' AND placed_with <> 'mother')
               OR (kind = 'care' AND placed_with IN ('father', 'kin')))
        UNION ALL
        SELECT subject, perm_permanence_order_date
        FROM extract.permanence
        JOIN people.known_as ON source = 'person' AND source_id = perm_person_id
        WHERE perm_permanence_order_date <= $reference_date
          AND regexp_matches(
              lower(perm_permanence_order_type),
              'special guardian|sgo|child arrangement|residence order|cao|^ro$'
          )
          AND NOT regexp_matches(
              lower(perm_permanence_order_type), 'placed for adoption|freed|freeing|placement'
          )
        UNION ALL
        SELECT child_id, coalesce(ordered_on, applied_on) FROM proceeding WHERE removed_elsewhere
    ) AS orders
    WHERE child_id NOT IN (SELECT child_id FROM episode)
    GROUP BY child_id
),
elsewhere AS (
    SELECT DISTINCT child_id, coalesce(ordered_on, applied_on) AS removed_on
    FROM proceeding
    WHERE removed_elsewhere
      AND child_id IN (SELECT child_id FROM episode)
      AND NOT EXISTS (
          SELECT 1 FROM in_care
          WHERE in_care.child_id = proceeding.child_id
            AND abs(in_care.removed_on - coalesce(ordered_on, applied_on)) <= 365
      )
),
removal AS (
    SELECT found.*, removed_on - dob < 28 AS newborn
    FROM (
        SELECT child_id, removed_on, route, compulsory, true AS in_care FROM in_care
        UNION ALL
        SELECT child_id, removed_on, 'court', true, false FROM by_order
        UNION ALL
        SELECT child_id, removed_on, 'court', true, false FROM elsewhere
    ) AS found
    JOIN people.child USING (child_id)
    WHERE NOT asylum_seeker AND (dob IS NULL OR (year(removed_on) * 10000 + month(removed_on) * 100 + day(removed_on)
               - year(dob) * 10000 - month(dob) * 100 - day(dob)) // 10000 < $max_age_at_removal)
),
-- One number for a woman under a linkage and a count: all that follows is grouped by it.
counted AS (
    SELECT
        (woman_id * 2 + CASE linkage WHEN 'lenient' THEN 1 ELSE 0 END) * 3 + place AS her,
        child_id,
        removed_on,
        route,
        newborn
    FROM removal
    JOIN people.motherhood USING (child_id)
    CROSS JOIN (VALUES (0), (1), (2)) AS counts (place)
    WHERE place = 2 OR (in_care AND (place = 0 OR compulsory))
),
-- A window hangs on its first removal: from each, step to the first removal beyond it.
first_window AS (
    SELECT her, min(removed_on) AS opened_on FROM counted GROUP BY her
),
beyond AS MATERIALIZED (
    SELECT DISTINCT her, removed_on
    FROM counted JOIN first_window USING (her)
    WHERE removed_on > opened_on + $event_window_days
),
opened AS (
    SELECT her, opened_on FROM first_window
    UNION ALL
    SELECT her, min(removed_on)
    FROM opened JOIN beyond USING (her)
    WHERE removed_on > opened_on + $event_window_days
    GROUP BY her, opened_on
),
windowed AS (
    SELECT counted.*, opened_on
    FROM counted
    ASOF JOIN opened ON counted.her = opened.her AND removed_on >= opened_on
),
matched AS (
    SELECT DISTINCT proc_id, child_id, removed_on
    FROM (
        SELECT proc_id, child_id, removed_on
        FROM proceeding JOIN removal USING (child_id)
        WHERE abs(removed_on - applied_on) <= 365
        QUALIFY row_number() OVER (
            PARTITION BY proc_id, child_id, applied_on
            ORDER BY abs(removed_on - applied_on), removed_on
        ) = 1
    ) AS nearest
),
-- Windows that share proceedings are one event, transitively, of the earliest day.
shared AS (
    SELECT DISTINCT her, proc_id, opened_on
    FROM windowed JOIN matched USING (child_id, removed_on)
),
tied AS (
    SELECT her, one.opened_on AS one, other.opened_on AS other
    FROM shared AS one JOIN shared AS other USING (her, proc_id)
    WHERE one.opened_on <> other.opened_on
),
reached AS (
    SELECT DISTINCT her, one, other FROM tied
    UNION
    SELECT her, reached.one, tied.other
    FROM reached JOIN tied USING (her)
    WHERE reached.other = tied.one
),
merged AS (
    SELECT her, one AS opened_on, least(one, min(other)) AS event_on FROM reached GROUP BY her, one
),
child_in_event AS (
    SELECT
        her,
        coalesce(event_on, opened_on) AS event_on,
        child_id,
        max(removed_on) AS latest_on,
        bool_or(newborn) AS newborn,
        bool_or(route = 'court') AS by_court,
        bool_or(route = 'emergency') AS by_emergency
    FROM windowed LEFT JOIN merged USING (her, opened_on)
    GROUP BY ALL
),
-- A child is new in its first event.
first_event AS (
    SELECT her, child_id, min(event_on) AS first_on FROM child_in_event GROUP BY her, child_id
),
event AS (
    SELECT
        her,
        event_on,
        max(latest_on) AS latest_on,
        count(*) AS children,
        count(*) FILTER (event_on = first_on) AS new_children,
        coalesce(bool_or(newborn AND event_on = first_on), false) AS newborn,
        bool_or(by_court) AS by_court,
        bool_or(by_emergency) AS by_emergency
    FROM child_in_event JOIN first_event USING (her, child_id)
    GROUP BY her, event_on
)
-- A woman's first event always holds a new child, so her repeats are the others that do.
SELECT
    CASE WHEN her // 3 % 2 = 1 THEN 'lenient' ELSE 'strict' END AS linkage,
    ['broad', 'strict', 'wide'][1 + her % 3] AS removals,
    her // 6 AS woman_id,
    sum(new_children) AS removed_children,
    max(latest_on) AS latest_on,
    count(*) AS events,
    count(*) FILTER (new_children > 0) - 1 AS repeat_events,
    max(children) >= 2 AND repeat_events = 0 AS multiple_removal,
    count(*) FILTER (by_court) AS court_events,
    count(*) FILTER (by_emergency AND NOT by_court) AS emergency_events,
    count(*) FILTER (NOT by_emergency AND NOT by_court) AS voluntary_events,
    count(*) FILTER (newborn) AS newborn_events,
    sum(children) AS children_in_events,
    sum(event_on - DATE '1970-01-01') AS event_days
FROM event
GROUP BY her
