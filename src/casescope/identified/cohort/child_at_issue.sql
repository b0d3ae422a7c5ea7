-- Children, born or unborn, on a child protection plan or in proceedings at the reference date;
-- one that ended on that day is closed.
SELECT known_as.subject AS child_id, 'on a child protection plan' AS why
FROM extract.cp_plan
JOIN people.known_as ON known_as.source = 'person' AND known_as.source_id = cppl_person_id
WHERE cppl_cp_plan_start_date <= $reference_date
  AND (cppl_cp_plan_end_date IS NULL OR cppl_cp_plan_end_date > $reference_date)
UNION
SELECT child_id, 'in proceedings' FROM removals.proceeding WHERE ordered_on IS NULL
