-- linked identifier: other ids, with their dates, of everybody who is a mother or child in the
-- relations or was ever looked after.
-- Left out of the stock extract's filters:
--   the latest UPN only: a former one joins older records.
-- 'UPN' is the only type the stock files show; others are given as they stand. Take out those that
-- the study has no use for.
-- The link between a child's ids before and after adoption: not found.
SELECT
    n.PERSONID AS link_person_id,
    n.REFERENCETYPECODE AS link_identifier_type,
    n.REFERENCENUMBER AS link_identifier_value,
    CAST(n.STARTDATE AS DATE) AS link_valid_from_date,
    CAST(n.ENDDATE AS DATE) AS link_valid_to_date
FROM REFERENCENUMBERPERSONVIEW AS n
WHERE n.PERSONID IN (
    SELECT r.ROLEAPERSONID FROM RELATIONSHIPPERSONVIEW AS r WHERE r.RELATIONSHIP = 'Mother'
    UNION
    SELECT r.ROLEBPERSONID FROM RELATIONSHIPPERSONVIEW AS r WHERE r.RELATIONSHIP = 'Mother'
    UNION
    SELECT e.PERSONID FROM CLAEPISODEOFCAREVIEW AS e
)
