-- The flow diagram: from all person records down to each tier; every stock is the one before it
-- less what left in between.
WITH record AS (
    SELECT
        count(*) AS person_records,
        count(*) FILTER (subject IN (SELECT woman_id FROM people.maternal_link)) AS mothers_records
    FROM people.record
),
woman AS (
    SELECT
        linkage,
        count(DISTINCT woman_id) AS women,
        count(DISTINCT woman_id) FILTER (woman_id IN (SELECT subject FROM people.withheld))
            AS withheld
    FROM people.same_woman
    WHERE subject IN (SELECT woman_id FROM people.maternal_link)
    GROUP BY linkage
),
tally AS (
    SELECT
        linkage,
        removals,
        count(*) AS women_studied,
        count(*) FILTER (no_tier = 'died') AS died,
        count(*) FILTER (no_tier = 'age_not_known') AS age_not_known,
        count(*) FILTER (no_tier = 'outside_age') AS outside_age,
        count(*) FILTER (no_tier = 'left_area') AS left_area,
        count(*) FILTER (no_tier = 'no_removal') AS no_removal,
        count(*) FILTER (no_tier = 'outside_lookback') AS outside_lookback,
        count(*) FILTER (tier IS NOT NULL) AS in_cohort,
        count(*) FILTER (tier = 'T1') AS t1,
        count(*) FILTER (tier = 'T2') AS t2,
        count(*) FILTER (tier = 'T3') AS t3,
        count(*) FILTER (tier = 'T4') AS t4
    FROM standing
    GROUP BY linkage, removals
),
-- With no woman at all the lines still stand, all zero after the person records.
line AS (
    SELECT
        l.linkage,
        r.removals,
        record.*,
        coalesce(woman.women, 0) AS women,
        coalesce(woman.withheld, 0) AS withheld,
        tally.* EXCLUDE (linkage, removals)
    FROM (SELECT unnest($linkages) AS linkage) AS l
    CROSS JOIN (SELECT unnest($removal_counts) AS removals) AS r
    CROSS JOIN record
    LEFT JOIN woman ON woman.linkage = l.linkage
    LEFT JOIN tally ON tally.linkage = l.linkage AND tally.removals = r.removals
)
SELECT linkage, removals, step, kind, name, CAST(coalesce(lines.women, 0) AS INTEGER) AS women
FROM line
CROSS JOIN LATERAL (
    VALUES
        (1, 'stock', 'person_records', person_records),
        (2, 'out', 'not_mothers', person_records - mothers_records),
        (3, 'stock', 'mothers_records', mothers_records),
        (4, 'out', 'joined', mothers_records - line.women),
        (5, 'stock', 'women', line.women),
        (6, 'out', 'withheld', withheld),
        (7, 'stock', 'women_studied', women_studied),
        (8, 'out', 'died', died),
        (9, 'out', 'age_not_known', age_not_known),
        (10, 'out', 'outside_age', outside_age),
        (11, 'out', 'left_area', left_area),
        (12, 'out', 'no_removal', no_removal),
        (13, 'out', 'outside_lookback', outside_lookback),
        (14, 'stock', 'in_cohort', in_cohort),
        (15, 'tier', 'T1', t1),
        (16, 'tier', 'T2', t2),
        (17, 'tier', 'T3', t3),
        (18, 'tier', 'T4', t4)
) AS lines(step, kind, name, women)
ORDER BY linkage, removals, step
