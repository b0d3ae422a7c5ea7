-- Classes of records that are alike in every quasi-identifier, and the three risks of being told
-- among them: prosecutor (it is known that she is in the table), journalist (only that she is among
-- the population), marketer (the share of all records that would be matched rightly).
WITH class AS (
    SELECT class, count(*) AS records FROM risk_row GROUP BY class
),
held AS (
    SELECT
        class.records,
        greatest(class.records, coalesce(risk_population.records, 0)) AS among
    FROM class
    LEFT JOIN risk_population ON risk_population.class = class.class
)
SELECT
    coalesce(CAST(sum(records) AS BIGINT), 0) AS records,
    count(*) AS classes,
    coalesce(min(records), 0) AS k,
    count(*) FILTER (records = 1) AS uniques,
    coalesce(sum(records) FILTER (records < $few) / sum(records), 0) AS share_in_small,
    coalesce(1 / min(records), 0) AS prosecutor,
    coalesce(1 / min(among), 0) AS journalist,
    coalesce(sum(records / among) / sum(records), 0) AS marketer
FROM held
