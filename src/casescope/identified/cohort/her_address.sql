-- Every address of women and children, by postcode, as known at the reference date. One without a
-- postcode matches nothing, but it can be the latest: then nobody knows that she left.
SELECT
    known_as.subject,
    addr_address_postcode AS postcode,
    addr_address_start_date AS started_on,
    addr_address_end_date AS ended_on,
    addr_address_end_date IS NULL OR addr_address_end_date > $reference_date AS current
FROM extract.address
JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = addr_person_id
WHERE addr_address_start_date IS NULL OR addr_address_start_date <= $reference_date
