-- One row a removed child under each linkage and count: tokens, ages as groups, days.
SELECT
    account.linkage,
    account.removals,
    hers.token AS woman,
    theirs.token AS child,
    CAST(first_on - $reference_date::DATE AS INTEGER) AS first_day,
    CASE
        WHEN age IS NULL OR age < 0 THEN 'not known'
        WHEN age < 1 THEN 'under 1'
        WHEN age <= 4 THEN '1–4'
        WHEN age <= 9 THEN '5–9'
        WHEN age <= 15 THEN '10–15'
        ELSE '16–17'
    END AS age_group,
    coalesce(age_days BETWEEN 0 AND 27, false) AS newborn,
    days_relatives,
    days_foster,
    days_adoption,
    days_residential,
    days_with_parent,
    days_other,
    days_in_care,
    longest_kind,
    ending,
    permanence,
    permanence_days
FROM cohort.care_course
JOIN removals.account USING (account)
JOIN token AS hers ON hers.subject = account.woman_id
JOIN token AS theirs ON theirs.subject = care_course.child_id
