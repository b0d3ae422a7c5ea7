-- legal status: every status in care ever recorded, as 903 codes.
-- Left out of the stock extract's filters:
--   the window of the live tables, of council warehouses and of the orchestrator.
-- Respite (IS_RESPITE_CARE) is kept; the study leaves V3 and V4 out by itself.
-- Orders outside care, such as special guardianship, are in the permanence statement.
-- PERSON_ID: the system's person key; check that your view of this table carries it.
SELECT
    l.PERSON_ID AS lega_person_id,
    l.LEGAL_STATUS AS lega_legal_status,
    CAST(l.START_DATE AS DATE) AS lega_legal_status_start_date,
    CAST(l.END_DATE AS DATE) AS lega_legal_status_end_date
FROM DM_LEGAL_STATUSES AS l
