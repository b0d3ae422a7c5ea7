-- What nothing in the extract tells: that anybody was in care; which women live outside the authority, where the place lookup
-- lacks their latest address (or there is no lookup), or has no place outside; who is an unaccompanied asylum seeker, which
-- the returns alone tell.
WITH latest AS (
    SELECT same_woman.woman_id, addr_address_postcode AS postcode
    FROM extract.address
    JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = addr_person_id
    JOIN people.same_woman ON same_woman.subject = known_as.subject
    JOIN people.woman USING (linkage, woman_id)
    WHERE same_woman.linkage = 'strict'
      AND (addr_address_start_date IS NULL OR addr_address_start_date <= $reference_date)
    QUALIFY row_number() OVER (
        PARTITION BY same_woman.woman_id
        ORDER BY
            coalesce(addr_address_start_date, DATE '0001-01-01') DESC,
            coalesce(addr_address_end_date > $reference_date, true) DESC,
            addr_address_postcode
    ) = 1
),
located AS (
    SELECT
        count(*) AS women,
        count(*) FILTER (
            postcode NOT IN (SELECT place_postcode FROM extract.place)
            AND left(postcode, length(postcode) - 3) NOT IN (SELECT place_postcode FROM extract.place)
        ) AS unknown
    FROM latest WHERE length(postcode) > 3
),
held AS (
    SELECT
        (SELECT count(*) FROM extract.cla_episode) AS told,
        (SELECT count(*) FROM extract.episodes) AS returned,
        (SELECT count(*) FROM extract.uasc) AS seekers
)
SELECT
    'address_not_in_lookup' AS sign,
    unknown >= 5 AND unknown > 0.1 * women AS seen,
    unknown AS records,
    women AS of,
    'place' AS detail,
    NULL::DATE AS since
FROM located
UNION ALL
SELECT
    'nowhere_outside_in_lookup', count(*) > 0 AND bool_and(place_in_authority), count(*), count(*), NULL, NULL
FROM extract.place
UNION ALL
SELECT 'no_care_records', told = 0 AND returned = 0, told + returned, told + returned, NULL, NULL
FROM held
UNION ALL
SELECT
    'asylum_seekers_not_told', told > 0 AND returned = 0 AND seekers = 0, told, told, 'uasc', NULL
FROM held
