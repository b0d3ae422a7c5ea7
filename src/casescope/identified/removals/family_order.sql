-- Orders outside care proceedings that place a child with someone else: special guardianship,
-- child arrangements (once residence) and adoption, from the case system's own tables.
WITH written AS (
    SELECT lega_person_id AS person_id, lower(lega_legal_status) AS words,
           lega_legal_status_start_date AS ordered_on
    FROM extract.legal_status
    UNION ALL
    SELECT perm_person_id, lower(perm_permanence_order_type), perm_permanence_order_date
    FROM extract.permanence
)
SELECT
    known_as.subject AS child_id,
    ordered_on,
    CASE
        WHEN regexp_matches(words, 'special guardian|sgo') THEN 'special guardianship'
        WHEN regexp_matches(words, 'child arrangement|residence order|cao|^ro$') THEN 'child arrangements'
        ELSE 'adoption'
    END AS order_kind
FROM written
JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = person_id
WHERE ordered_on <= $reference_date
  AND regexp_matches(words, 'special guardian|sgo|child arrangement|residence order|cao|^ro$|adopt')
  AND NOT regexp_matches(words, 'placed for adoption|freed|freeing|placement')
  AND NOT regexp_matches(words, 'discharg|revok|refus|withdr|dismiss|^appli(ed|cation)|(order|sgo|cao) application')
