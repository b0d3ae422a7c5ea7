-- The groups that each scored pair belongs to; `rank` orders ages and years, others go by name.
WITH ethnic_group AS (
    SELECT unnest($ethnic_codes) AS ethnicity, unnest($ethnic_groups) AS ethnic_group
),
aged AS (
    SELECT
        scored.*,
        (
            (year($reference_date) * 10000 + month($reference_date) * 100 + day($reference_date))
            - (year(removed_on) * 10000 + month(removed_on) * 100 + day(removed_on))
        ) // 10000 AS years_ago
    FROM scored
)
SELECT band, drawn, verdict, 'all' AS breakdown, 'all' AS value, 0 AS rank FROM aged
UNION ALL
SELECT band, drawn, verdict, 'ethnicity', coalesce(ethnic_group, 'Not recorded'), 0
FROM aged LEFT JOIN ethnic_group USING (ethnicity)
UNION ALL
SELECT band, drawn, verdict, 'age',
    CASE
        WHEN age IS NULL THEN 'not known'
        WHEN age < 20 THEN 'under 20'
        WHEN age < 25 THEN '20 to 24'
        WHEN age < 30 THEN '25 to 29'
        WHEN age < 35 THEN '30 to 34'
        WHEN age < 46 THEN '35 to 45'
        ELSE '46 and over'
    END,
    coalesce(age, 999)
FROM aged
UNION ALL
SELECT band, drawn, verdict, 'latest_removal',
    CASE
        WHEN years_ago IS NULL THEN 'none'
        WHEN years_ago < 2 THEN 'in the last 2 years'
        WHEN years_ago < 5 THEN '2 to 4 years ago'
        WHEN years_ago < 10 THEN '5 to 9 years ago'
        ELSE '10 years ago or more'
    END,
    coalesce(years_ago, 999)
FROM aged
UNION ALL
SELECT band, drawn, verdict, 'ended', coalesce(ended, 'no child removed'), 0 FROM aged
