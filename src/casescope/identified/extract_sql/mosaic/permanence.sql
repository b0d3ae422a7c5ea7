-- permanence: adoption, special guardianship and child arrangements, from how placements ended and
-- from special guardianship orders outside care.
-- Left out of the stock extract's filters:
--   the window of the live tables and council warehouses.
--   stock's data-mart rows are adoption journeys, whose special guardianship rows carry no dates:
--   the order's own START_DATE is read instead.
-- That DM_NON_LA_LEGAL_STATUSES joins its types on LEGAL_STATUS_TYPE, and that the mark
-- IS_SPECIAL_GUARDIANSHIP_ORDER stands with the types, is how we read the stock files: check both.
-- PERSON_ID: the system's person key; check that both tables carry it.
SELECT
    o.perm_person_id,
    o.perm_permanence_order_type,
    o.perm_permanence_order_date
FROM (
    SELECT
        m.PERSON_ID AS perm_person_id,
        CASE
            WHEN m.REASON_EPISODE_CEASED IN ('E11', 'E12') THEN 'Adoption'
            WHEN m.REASON_EPISODE_CEASED = 'E41' THEN 'Child arrangements order'
            ELSE 'Special guardianship order'
        END AS perm_permanence_order_type,
        CAST(m.END_DATE AS DATE) AS perm_permanence_order_date
    FROM DM_PLACEMENTS AS m
    WHERE m.REASON_EPISODE_CEASED IN (
        'E11', 'E12', 'E41', 'E42', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48'
    )
    UNION
    SELECT
        n.PERSON_ID,
        'Special guardianship order',
        CAST(n.START_DATE AS DATE)
    FROM DM_NON_LA_LEGAL_STATUSES AS n
    INNER JOIN DM_NON_LA_LEGAL_STATUS_TYPES AS t
        ON t.LEGAL_STATUS_TYPE = n.LEGAL_STATUS_TYPE
    WHERE t.IS_SPECIAL_GUARDIANSHIP_ORDER = 'Y'
) AS o
