-- Children, born or unborn, on a child protection plan, in pre-proceedings or in proceedings at the
-- reference date, and since when; one that ended on that day is closed. Pre-proceedings have a
-- beginning, and an end where the census gives one: else they are over when proceedings follow, and
-- after a year without any. An id that the case system does not know is the 903's (ADR 14). A child
-- who died or came of age is in none of them, whatever was left open.
WITH recorded AS (
    SELECT
        known_as.subject AS child_id,
        'on a child protection plan' AS why,
        min(cppl_cp_plan_start_date) AS since
    FROM extract.cp_plan
    JOIN people.known_as
      ON known_as.source_id = cppl_person_id
     AND known_as.source = CASE
         WHEN cppl_person_id IN (SELECT person_id FROM people.record) THEN 'person' ELSE '903'
     END
    WHERE cppl_cp_plan_start_date <= $reference_date
      AND (cppl_cp_plan_end_date IS NULL OR cppl_cp_plan_end_date > $reference_date)
    GROUP BY known_as.subject
    UNION ALL
    SELECT child_id, 'in proceedings', min(applied_on)
    FROM removals.proceeding
    WHERE ordered_on IS NULL
    GROUP BY child_id
    UNION ALL
    SELECT known_as.subject, 'in pre-proceedings', max(prep_pre_pro_decision_date)
    FROM extract.pre_proceedings
    JOIN people.known_as
      ON known_as.source_id = prep_person_id
     AND known_as.source = CASE
         WHEN prep_person_id IN (SELECT person_id FROM people.record) THEN 'person' ELSE '903'
     END
    WHERE prep_pre_pro_decision_date BETWEEN $current_from AND $reference_date
      AND (prep_agree_stepdown_issue_date IS NULL OR prep_agree_stepdown_issue_date > $reference_date)
      AND NOT EXISTS (
          SELECT 1 FROM removals.proceeding
          WHERE proceeding.child_id = known_as.subject
            AND proceeding.applied_on >= prep_pre_pro_decision_date
      )
    GROUP BY known_as.subject
)
SELECT recorded.*
FROM recorded
JOIN whereabouts USING (child_id)
WHERE NOT died
  AND (dob IS NULL
       OR (strftime($reference_date::DATE, '%Y%m%d')::INTEGER - strftime(dob, '%Y%m%d')::INTEGER)
          // 10000 < 18)
