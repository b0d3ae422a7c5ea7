-- linked identifier: other ids of everybody who is a mother or child in the relations.
-- Left out of the stock extract's filters: none.
-- Every type is given, because type names are local. Take out those the study has no use for
-- (keep NHS, UPN and former UPN, ids of older systems, and ids before and after adoption if any).
-- The link between a child's ids before and after adoption: not found. Dates: not found, NULL.
-- Stock's own column holds 20 characters; longer values are cut there, not here.
SELECT
    x.PERSON_ID AS link_person_id,
    x.REFERENCE_TYPE AS link_identifier_type,
    x.REFERENCE AS link_identifier_value,
    CAST(NULL AS DATE) AS link_valid_from_date,
    CAST(NULL AS DATE) AS link_valid_to_date
FROM dm_person_references AS x
WHERE x.PERSON_ID IN (
    SELECT r.PERSON_ID FROM DM_PERSONAL_RELATIONSHIPS AS r WHERE r.IS_MOTHER = 'Y'
    UNION
    SELECT r.OTHER_PERSON_ID FROM DM_PERSONAL_RELATIONSHIPS AS r WHERE r.IS_MOTHER = 'Y'
    UNION
    SELECT s.PERSON_ID FROM dm_cla_summaries AS s
)
