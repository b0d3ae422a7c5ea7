-- One row a woman with a first event: days of follow-up and what ended it.
SELECT
    linkage,
    removals,
    token.token AS woman,
    CAST(index_on - $reference_date::DATE AS INTEGER) AS index_day,
    age_at_index,
    newborn_index,
    follow_up_days,
    ending,
    newborn_follow_up_days,
    newborn_ending
FROM cohort.spell
JOIN token ON token.subject = spell.woman_id
