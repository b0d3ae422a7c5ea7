-- One row a woman: her token, her age in years, her group of the census, the area of her latest
-- address; nothing that names her. An area with fewer than $least_in_area mothers is not named:
-- so few are easily known, and a column that is none of areas leaves no word of itself here.
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
    CAST(children AS INTEGER) AS children,
    CASE
        WHEN area IS NULL THEN $area_not_known
        WHEN count(*) OVER (PARTITION BY linkage, area) < $least_in_area THEN $other_areas
        ELSE area
    END AS area
FROM cohort.woman_now
JOIN token ON token.subject = woman_now.woman_id
LEFT JOIN ethnic_group USING (ethnicity)
