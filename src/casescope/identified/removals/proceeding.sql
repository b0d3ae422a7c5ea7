-- Proceedings in the legal team's tracker, known by the reference date, in plain words. Of a name of
-- an authority what kind of council it is does not count: trackers write Ashmarsh, Ashmarsh CC and
-- Ashmarsh County Council. Where the study does not name its authority, the name that most rows
-- bear is taken for it.
WITH trimmed AS (
    SELECT
        proc_id,
        known_as.subject AS child_id,
        proc_application_date AS applied_on,
        CASE WHEN proc_order_date <= $reference_date THEN proc_order_date END AS ordered_on,
        CASE WHEN proc_order_date > $reference_date THEN '' ELSE lower(coalesce(proc_order, '')) END
            AS order_text,
        CASE WHEN proc_order_date <= $reference_date OR proc_order_date IS NULL
            THEN lower(proc_placed_with) END AS with_text,
        proc_authority
    FROM extract.proceedings
    JOIN people.known_as
      ON known_as.source = 'person' AND known_as.source_id = proc_child_person_id
    WHERE proc_application_date <= $reference_date
),
-- The same few words stand in every row: each is read once.
worded AS (
    SELECT
        order_text,
        CASE
            WHEN regexp_matches(order_text, 'discharg|revok|refus|withdr|dismiss|no order') THEN NULL
            WHEN regexp_matches(order_text, 'special guardian|sgo') THEN 'special guardianship'
            WHEN regexp_matches(order_text, 'child arrangement|residence|cao|^ro$')
                THEN 'child arrangements'
            WHEN regexp_matches(order_text, 'placement|e1') THEN 'placement'
            WHEN regexp_matches(order_text, 'adopt') THEN 'adoption'
            WHEN regexp_matches(order_text, 'supervision|^so$') THEN 'supervision'
            WHEN regexp_matches(order_text, 'care|ico|fco|^co$|^c1|^c2') THEN 'care'
            WHEN order_text = '' THEN NULL
            ELSE 'other'
        END AS order_kind
    FROM (SELECT DISTINCT order_text FROM trimmed) AS words
),
-- Who the child was placed with, where that is plain; a word that isn't known stands as it is.
placed AS (
    SELECT
        with_text,
        CASE
            WHEN regexp_matches(with_text, '^(unknown|not (known|stated|recorded)|n/?a|tbc|none|-)$')
                THEN NULL
            WHEN regexp_matches(with_text, '(mother|parent) ?(and|&|/) ?(baby|child)') THEN 'mother'
            WHEN regexp_matches(with_text, 'foster') THEN 'foster'
            WHEN regexp_matches(with_text, 'adopt') THEN 'adopters'
            WHEN regexp_matches(with_text, 'grand|kin|relative|family member|extended family|friend|connected|guardian|aunt|uncle|sister|brother|cousin')
                THEN 'kin'
            WHEN regexp_matches(with_text, '(^|[^a-z])(mother|mum|parents)([^a-z]|$)') THEN 'mother'
            WHEN regexp_matches(with_text, '(^|[^a-z])(father|dad)([^a-z]|$)') THEN 'father'
            ELSE with_text
        END AS placed_with
    FROM (SELECT DISTINCT with_text FROM trimmed) AS words
),
name AS (
    SELECT proc_authority AS written, false AS is_ours FROM trimmed
    UNION
    SELECT CAST(unnest($authority_names) AS VARCHAR), true
),
named AS (
    SELECT
        written,
        is_ours,
        -- of the City of London nothing else would be left
        coalesce(
            nullif(regexp_replace(regexp_replace(
                lower(written),
                '\b(county|city|borough|metropolitan|district|unitary|council|corporation|authority|local|royal|london|of|the|and|cc|dc|bc|mbc|mdc|lbc|lb|rb|rbc|la)\b',
                '', 'g'
            ), '[^a-z0-9]', '', 'g'), ''),
            regexp_replace(lower(written), '[^a-z0-9]', '', 'g'),
            ''
        ) AS authority
    FROM name
)
SELECT
    trimmed.* EXCLUDE (proc_authority, order_text, with_text),
    placed.placed_with,
    worded.order_kind,
    authority <> '' AND CASE
        WHEN len($authority_names) > 0
            THEN authority NOT IN (SELECT authority FROM named WHERE is_ours)
        ELSE authority <> (
            SELECT mode(authority)
            FROM trimmed
            JOIN named ON trimmed.proc_authority IS NOT DISTINCT FROM named.written
            WHERE authority <> ''
        )
    END AS elsewhere
FROM trimmed
JOIN worded USING (order_text)
JOIN placed ON placed.with_text IS NOT DISTINCT FROM trimmed.with_text
JOIN named ON trimmed.proc_authority IS NOT DISTINCT FROM named.written AND NOT named.is_ours
