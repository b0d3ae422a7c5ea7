-- Children, born or unborn, on a child protection plan, in pre-proceedings or in proceedings at the
-- reference date, and since when; one that ended on that day is closed. Pre-proceedings have a
-- beginning, and an end where the census gives one: else they are over when proceedings follow, and
-- after a year without any. Where the census gives the day of an application that no tracker has, a
-- child is in proceedings for a year from it: when they ended, the census does not say. Each year's census tells them as they stood then: those of one child
-- that began on one day are one, and over if any year says so. An id that the case system does not
-- know is the 903's (ADR 14). A child who died or came of age is in none of them, whatever was left
-- open.
WITH told AS (
    SELECT
        cppl_person_id AS id,
        'on a child protection plan' AS why,
        cppl_cp_plan_start_date AS began_on,
        cppl_cp_plan_end_date AS ended_on
    FROM extract.cp_plan
    WHERE cppl_cp_plan_start_date <= $reference_date
    UNION ALL
    SELECT
        prep_person_id,
        'in pre-proceedings',
        prep_pre_pro_decision_date,
        least(prep_agree_stepdown_issue_date, prep_court_application_date)
    FROM extract.pre_proceedings
    WHERE prep_pre_pro_decision_date BETWEEN $current_from AND $reference_date
    UNION ALL
    SELECT prep_person_id, 'in proceedings', prep_court_application_date, NULL
    FROM extract.pre_proceedings
    WHERE prep_court_application_date BETWEEN $current_from AND $reference_date
),
going_on AS (
    SELECT known_as.subject AS child_id, why, began_on
    FROM told
    JOIN people.known_as
      ON known_as.source_id = id
     AND known_as.source = CASE
         WHEN id IN (SELECT person_id FROM people.record) THEN 'person' ELSE '903'
     END
    GROUP BY known_as.subject, why, began_on
    HAVING coalesce(min(ended_on) > $reference_date, true)
),
recorded AS (
    SELECT child_id, why, min(began_on) AS since
    FROM going_on
    WHERE why = 'on a child protection plan'
    GROUP BY child_id, why
    UNION ALL
    SELECT child_id, 'in proceedings', applied_on
    FROM removals.proceeding
    WHERE ordered_on IS NULL
    UNION ALL
    SELECT child_id, why, max(began_on)
    FROM going_on
    WHERE why IN ('in pre-proceedings', 'in proceedings')
      -- two who write down the day of one application may be a few days apart
      AND NOT EXISTS (
          SELECT 1 FROM removals.proceeding
          WHERE proceeding.child_id = going_on.child_id
            AND proceeding.applied_on >= CASE why
                WHEN 'in proceedings' THEN began_on - 7 ELSE began_on END
      )
    GROUP BY child_id, why
)
SELECT child_id, why, min(since) AS since
FROM recorded
JOIN whereabouts USING (child_id)
WHERE NOT died
  AND (dob IS NULL
       OR (strftime($reference_date::DATE, '%Y%m%d')::INTEGER - strftime(dob, '%Y%m%d')::INTEGER)
          // 10000 < 18)
GROUP BY child_id, why
