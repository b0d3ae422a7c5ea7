-- permanence: adoption, special guardianship and child arrangements, from how care ended.
-- Left out of the stock extract's filters: all of it; stock reads CLAADOPTIONSVIEW and fills almost
-- nothing.
-- Whether EOCENDREASONCODE holds the codes of the 903 return is not shown in the facts we have: if
-- this gives no rows, look at EOCENDREASON.
-- Orders without a period of care: not found.
SELECT
    e.PERSONID AS perm_person_id,
    CASE
        WHEN e.EOCENDREASONCODE IN ('E11', 'E12') THEN 'Adoption'
        WHEN e.EOCENDREASONCODE = 'E41' THEN 'Child arrangements order'
        ELSE 'Special guardianship order'
    END AS perm_permanence_order_type,
    CAST(e.EOCENDDATE AS DATE) AS perm_permanence_order_date
FROM CLAEPISODEOFCAREVIEW AS e
WHERE e.EOCENDREASONCODE IN ('E11', 'E12', 'E41', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48')
