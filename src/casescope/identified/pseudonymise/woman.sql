-- One row a woman: her token, her age in years, her group of the census; nothing that names her.
WITH ethnic_group AS (
    SELECT unnest($ethnic_codes) AS ethnicity, unnest($ethnic_groups) AS ethnic_group
)
SELECT
    linkage,
    token.token AS woman,
    age,
    age_basis,
    coalesce(ethnic_group, 'Not recorded') AS ethnicity,
    care_experienced,
    CAST(children AS INTEGER) AS children
FROM cohort.woman_now
JOIN token ON token.subject = woman_now.woman_id
LEFT JOIN ethnic_group USING (ethnicity)
