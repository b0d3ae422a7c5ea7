-- The flow diagram: from all person records down to each tier; every stock is the one before it
-- less what left in between.
WITH total AS (
    SELECT
        (SELECT count(*) FROM people.record) AS person_records,
        (SELECT count(*) FROM people.record
         WHERE subject IN (SELECT woman_id FROM people.maternal_link)) AS mothers_records,
        (SELECT count(DISTINCT woman_id) FROM people.maternal_link) AS women,
        (SELECT count(DISTINCT woman_id) FROM people.maternal_link
         WHERE woman_id IN (SELECT subject FROM people.withheld)) AS withheld
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
    SELECT v.linkage, v.removals, total.*, tally.* EXCLUDE (linkage, removals)
    FROM (SELECT unnest(['strict']) AS linkage) AS l
    CROSS JOIN (SELECT unnest(['broad', 'strict', 'wide']) AS removals) AS r
    CROSS JOIN LATERAL (SELECT l.linkage, r.removals) AS v
    CROSS JOIN total
    LEFT JOIN tally ON tally.linkage = v.linkage AND tally.removals = v.removals
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
