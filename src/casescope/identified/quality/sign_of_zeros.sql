-- Ids of one number series, the return's or the case system's, that differ in nothing but zeros at
-- the front: a program for tables took an id for a number in one file, and one child is taken for
-- two.
WITH said AS (
    SELECT source, source_id AS id FROM extract.named
    UNION
    SELECT 'person', lega_person_id FROM extract.legal_status
    UNION
    SELECT '903', link_identifier_value FROM extract.linked_identifier
    WHERE contains(link_identifier_type, '903')
    UNION
    SELECT 'person', link_person_id FROM extract.linked_identifier
),
written AS (
    SELECT source, ltrim(id, '0') AS bare, count(DISTINCT id) AS ways
    FROM said
    WHERE regexp_full_match(id, '0*[1-9][0-9]*')
      AND (source, id) NOT IN (SELECT source, id FROM withheld_id)
    GROUP BY ALL
)
SELECT
    'ids_without_their_zeros' AS sign,
    count(*) FILTER (ways > 1) > 1 AS seen,
    count(*) FILTER (ways > 1) AS records,
    count(*) AS of,
    string_agg(DISTINCT CASE source WHEN '903' THEN 'returns' ELSE 'case system' END, ', ')
        FILTER (ways > 1) AS detail,
    NULL::DATE AS since
FROM written
