-- Each woman's latest address, over all her records, and whether the council's own place lookup
-- knows it to lie outside the authority, and in which area inside it; a full postcode in the lookup
-- wins over its district. `left_days` are the days on which an address outside began since the last
-- that is known to lie inside: whoever moved on outside had left before.
WITH lookup AS (
    SELECT
        place_postcode,
        bool_or(place_in_authority) AS inside,
        min(nullif(trim(place_area), '')) FILTER (place_in_authority) AS area
    FROM extract.place
    GROUP BY place_postcode
),
placed AS (
    SELECT
        same_woman.linkage,
        same_woman.woman_id,
        her_address.*,
        coalesce(exact.inside, district.inside) AS inside,
        CASE WHEN exact.inside IS NULL THEN district.area ELSE exact.area END AS area
    FROM her_address
    JOIN people.same_woman USING (subject)
    LEFT JOIN lookup AS exact ON exact.place_postcode = her_address.postcode
    LEFT JOIN lookup AS district
      ON length(her_address.postcode) > 3
     AND district.place_postcode = left(her_address.postcode, length(her_address.postcode) - 3)
),
inside AS (
    SELECT linkage, woman_id, max(started_on) AS inside_on
    FROM placed WHERE inside
    GROUP BY linkage, woman_id
),
outside AS (
    SELECT linkage, woman_id, list(DISTINCT started_on ORDER BY started_on) AS left_days
    FROM placed
    LEFT JOIN inside USING (linkage, woman_id)
    WHERE NOT inside AND started_on >= coalesce(inside_on, DATE '0001-01-01')
    GROUP BY linkage, woman_id
)
SELECT linkage, woman_id, started_on, inside, area, left_days
FROM placed
LEFT JOIN outside USING (linkage, woman_id)
QUALIFY row_number() OVER (
    PARTITION BY linkage, woman_id
    ORDER BY coalesce(started_on, DATE '0001-01-01') DESC, current DESC, postcode
) = 1
