-- looked-after episode: every episode ever recorded; one is a legal status in a placement.
-- Left out of the stock extract's filters:
--   "overlaps the years" of the orchestrator: it is a window, and earlier removals would go.
--   the inner joins to carer details, which drop an episode without them.
-- Short breaks are kept; the study leaves them out by their legal status.
-- The start reason is worked out from what begins that day: S with the period, B status and
-- placement, L status, P placement. Whether the carer stayed (T, U) is not looked at.
-- The end reason stands with the placement; an episode that ends while its placement and the period
-- go on gets X1.
-- That dm_cla_summaries carries the keys of period, status and placement is how we read the stock
-- files: check it.
-- The stock episode id (start date and person) repeats on one day; this one does not.
SELECT
    s.PERSON_ID AS clae_person_id,
    s.PERIOD_OF_CARE_ID AS clae_cla_id,
    CAST(s.START_DATE AS DATE) AS clae_cla_episode_start_date,
    CASE
        WHEN CAST(s.START_DATE AS DATE) = CAST(p.START_DATE AS DATE) THEN 'S'
        WHEN CAST(s.START_DATE AS DATE) = CAST(l.START_DATE AS DATE)
            AND CAST(s.START_DATE AS DATE) = CAST(m.START_DATE AS DATE) THEN 'B'
        WHEN CAST(s.START_DATE AS DATE) = CAST(l.START_DATE AS DATE) THEN 'L'
        WHEN CAST(s.START_DATE AS DATE) = CAST(m.START_DATE AS DATE) THEN 'P'
    END AS clae_cla_episode_start_reason,
    CAST(s.END_DATE AS DATE) AS clae_cla_episode_ceased_date,
    CASE
        WHEN s.END_DATE IS NULL THEN NULL
        WHEN CAST(s.END_DATE AS DATE) = CAST(m.END_DATE AS DATE)
            OR CAST(s.END_DATE AS DATE) = CAST(p.END_DATE AS DATE) THEN m.REASON_EPISODE_CEASED
        ELSE 'X1'
    END AS clae_cla_episode_ceased_reason,
    CAST(p.START_DATE AS DATE) AS clae_entered_care_date,
    CONCAT(s.PLACEMENT_ID, '-', s.PLACEMENT_SPLIT_NUMBER) AS clae_cla_placement_id,
    m.CATEGORY_OF_NEED AS clae_cla_primary_need_code,
    CONCAT(s.PERSON_ID, '-', s.LEGAL_STATUS_ID, '-', s.PLACEMENT_ID, '-', s.PLACEMENT_SPLIT_NUMBER)
        AS clae_cla_episode_id
FROM dm_cla_summaries AS s
LEFT JOIN DM_PERIODS_OF_CARE AS p
    ON p.PERIOD_OF_CARE_ID = s.PERIOD_OF_CARE_ID
LEFT JOIN DM_LEGAL_STATUSES AS l
    ON l.LEGAL_STATUS_ID = s.LEGAL_STATUS_ID
LEFT JOIN DM_PLACEMENTS AS m
    ON m.PLACEMENT_ID = s.PLACEMENT_ID
    AND m.SPLIT_NUMBER = s.PLACEMENT_SPLIT_NUMBER
