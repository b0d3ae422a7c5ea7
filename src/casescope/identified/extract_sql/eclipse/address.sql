-- address: all addresses, ended ones too, of everybody who is a mother or child in the relations.
-- Left out of the stock extract's filters: none; stock has no window here.
-- Only the postcode is asked for; the rest of the address is not needed.
SELECT
    a.PERSONID AS addr_person_id,
    a.POSTCODE AS addr_address_postcode,
    CAST(a.STARTDATE AS DATE) AS addr_address_start_date,
    CAST(a.ENDDATE AS DATE) AS addr_address_end_date,
    a.TYPE AS addr_address_type
FROM ADDRESSPERSONVIEW AS a
WHERE a.PERSONID IN (
    SELECT r.ROLEAPERSONID FROM RELATIONSHIPPERSONVIEW AS r WHERE r.RELATIONSHIP = 'Mother'
    UNION
    SELECT r.ROLEBPERSONID FROM RELATIONSHIPPERSONVIEW AS r WHERE r.RELATIONSHIP = 'Mother'
)
