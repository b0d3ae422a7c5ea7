-- Looked-after episodes of the case system (SSD) in the words of the 903 return: the legal status
-- in force on the day the episode started, the placement it names (or, where it names none, the
-- child's placement on that day), codes for descriptions (`…_in_words`). In a return every
-- change of either begins a new episode; some systems keep one row throughout, which is cut here:
-- where a status or placement begins, and where one ends while an earlier one goes on.
-- What ended on the day it began (police protection, home by evening) was in force that day; what
-- began with it and went on comes before it.
WITH status AS (
    SELECT
        known_as.subject AS child_id,
        lega_legal_status_start_date AS started_on,
        coalesce(lega_legal_status_end_date, DATE '9999-12-31') AS ended_on,
        status_in_words.ls
    FROM extract.legal_status
    JOIN status_in_words ON words = lega_legal_status
    JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = lega_person_id
    WHERE ls IS NOT NULL
),
written AS (
    SELECT
        cla_episode.rowid AS row,
        known_as.subject AS child_id,
        clae_cla_episode_start_date AS decom,
        CASE WHEN clae_cla_episode_ceased_date <= $reference_date THEN clae_cla_episode_ceased_date
        END AS dec,
        rec,
        clae_cla_placement_id AS placement_id,
        clae_cla_primary_need_code AS cin
    FROM extract.cla_episode
    JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = clae_person_id
    LEFT JOIN reason_in_words ON words = clae_cla_episode_ceased_reason
    WHERE clae_cla_episode_start_date <= $reference_date
),
kind AS (
    SELECT
        clap_cla_placement_id AS placement_id,
        clap_person_id AS person_id,
        clap_cla_placement_start_date AS started_on,
        coalesce(clap_cla_placement_end_date, DATE '9999-12-31') AS ended_on,
        place_in_words.place
    FROM extract.placement
    LEFT JOIN place_in_words ON words = clap_cla_placement_type
),
holding AS (
    SELECT 'status' AS what, child_id, started_on, ended_on
    FROM status
    WHERE started_on < ended_on
    UNION ALL
    SELECT 'placement', known_as.subject, started_on, ended_on
    FROM kind
    JOIN people.known_as ON known_as.source_id = kind.person_id AND known_as.source = 'person'
    WHERE started_on < ended_on
),
change AS (
    SELECT child_id, started_on AS changes_on FROM holding
    UNION
    SELECT holding.child_id, holding.ended_on
    FROM holding
    JOIN holding AS earlier
      ON earlier.what = holding.what AND earlier.child_id = holding.child_id
     AND earlier.started_on <= holding.started_on AND earlier.ended_on > holding.ended_on
),
cut AS (
    SELECT row, decom AS starts_on FROM written
    UNION
    SELECT row, changes_on
    FROM written JOIN change USING (child_id)
    WHERE changes_on > decom AND changes_on <= coalesce(dec - 1, $reference_date)
),
spell AS (
    SELECT
        child_id,
        starts_on AS decom,
        coalesce(lead(starts_on) OVER pieces, dec) AS dec,
        CASE WHEN lead(starts_on) OVER pieces IS NULL THEN rec ELSE 'X1' END AS rec,
        CASE WHEN starts_on = decom THEN placement_id END AS placement_id,
        placement_id AS first_placement_id,
        cin
    FROM written JOIN cut USING (row)
    WINDOW pieces AS (PARTITION BY row ORDER BY starts_on)
),
placed AS (
    SELECT placement_id, min(place) AS place FROM kind GROUP BY placement_id
),
placed_then AS (
    SELECT
        spell.child_id,
        spell.decom,
        arg_max(kind.place, (kind.started_on, spell.decom < kind.ended_on, kind.place)) AS place
    FROM spell
    JOIN people.known_as ON known_as.subject = spell.child_id AND known_as.source = 'person'
    JOIN kind
      ON kind.person_id = known_as.source_id
     AND spell.decom >= kind.started_on
     AND (spell.decom < kind.ended_on
          OR (spell.decom = kind.started_on AND spell.decom = kind.ended_on))
    WHERE spell.placement_id IS NULL
    GROUP BY spell.child_id, spell.decom
)
SELECT
    spell.child_id,
    spell.decom,
    dec,
    CASE WHEN dec IS NOT NULL THEN rec END AS rec,
    status.ls,
    coalesce(placed.place, placed_then.place, placed_first.place) AS place,
    cin
FROM spell
LEFT JOIN placed USING (placement_id)
LEFT JOIN placed AS placed_first ON placed_first.placement_id = spell.first_placement_id
LEFT JOIN placed_then ON placed_then.child_id = spell.child_id AND placed_then.decom = spell.decom
LEFT JOIN status
  ON status.child_id = spell.child_id
 AND spell.decom >= status.started_on
 AND (spell.decom < status.ended_on
      OR (spell.decom = status.started_on AND spell.decom = status.ended_on))
QUALIFY row_number() OVER (
    PARTITION BY spell.child_id, spell.decom
    ORDER BY status.started_on DESC NULLS LAST, spell.decom < status.ended_on DESC NULLS LAST,
             coalesce(dec, DATE '9999-12-31') DESC, status.ls, placed.place, placed_then.place, placed_first.place, rec, cin
) = 1
