-- legal status: the status of every episode, one row each.
-- Left out of the stock extract's filters:
--   the grouping by person and status: two spells of one order with time at home between would
--   become one, and a return would be hidden.
-- Whether LEGALSTATUS is a code or a description is not shown in the facts we have; casescope reads
-- both, and casescope map proposes a code for each.
SELECT
    e.PERSONID AS lega_person_id,
    e.LEGALSTATUS AS lega_legal_status,
    CAST(e.EOCSTARTDATE AS DATE) AS lega_legal_status_start_date,
    CAST(e.EOCENDDATE AS DATE) AS lega_legal_status_end_date
FROM CLAEPISODEOFCAREVIEW AS e
WHERE e.LEGALSTATUS IS NOT NULL
