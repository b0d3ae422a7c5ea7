-- Each woman's latest address, over all her records, and whether the council's own place lookup
-- knows it to lie outside the authority, and in which area inside it; a full postcode in the lookup
-- wins over its district.
WITH latest AS (
    SELECT same_woman.linkage, same_woman.woman_id, her_address.*
    FROM her_address
    JOIN people.same_woman USING (subject)
    QUALIFY row_number() OVER (
        PARTITION BY same_woman.linkage, same_woman.woman_id
        ORDER BY coalesce(started_on, DATE '0001-01-01') DESC, current DESC, postcode
    ) = 1
),
lookup AS (
    SELECT
        place_postcode,
        bool_or(place_in_authority) AS inside,
        min(nullif(trim(place_area), '')) FILTER (place_in_authority) AS area
    FROM extract.place
    GROUP BY place_postcode
)
SELECT
    latest.linkage,
    latest.woman_id,
    latest.started_on,
    coalesce(exact.inside, district.inside) AS inside,
    CASE WHEN exact.inside IS NULL THEN district.area ELSE exact.area END AS area
FROM latest
LEFT JOIN lookup AS exact ON exact.place_postcode = latest.postcode
LEFT JOIN lookup AS district
  ON length(latest.postcode) > 3
 AND district.place_postcode = left(latest.postcode, length(latest.postcode) - 3)
