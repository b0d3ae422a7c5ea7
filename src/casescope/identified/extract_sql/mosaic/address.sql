-- address: all addresses, ended ones too, of everybody who is a mother or child in the relations.
-- Left out of the stock extract's filters: none in the data-mart (full history).
-- On the live tables stock keeps one address a person (Rnk = 1) of the types MAIN and PLACEMENT:
-- do not add that, for nobody could see that she moved away.
-- Only the postcode is asked for; the rest of the address is not needed.
SELECT
    a.PERSON_ID AS addr_person_id,
    a.POST_CODE AS addr_address_postcode,
    CAST(a.START_DATE AS DATE) AS addr_address_start_date,
    CAST(a.END_DATE AS DATE) AS addr_address_end_date,
    a.ADDRESS_TYPE AS addr_address_type
FROM dm_addresses AS a
WHERE a.PERSON_ID IN (
    SELECT r.PERSON_ID FROM DM_PERSONAL_RELATIONSHIPS AS r WHERE r.IS_MOTHER = 'Y'
    UNION
    SELECT r.OTHER_PERSON_ID FROM DM_PERSONAL_RELATIONSHIPS AS r WHERE r.IS_MOTHER = 'Y'
)
