-- How one sensitive column is spread within classes: the fewest values in any class (distinct
-- l-diversity), and how far any class lies from the whole table (t-closeness: half the sum of
-- differences of shares, which is the earth mover's distance where all values are equally apart).
WITH overall AS (
    SELECT value, count(*) / (SELECT count(*) FROM risk_value) AS share
    FROM risk_value
    GROUP BY value
),
cell AS (
    SELECT class, value, count(*) AS records FROM risk_value GROUP BY class, value
),
sized AS (
    SELECT class, value, records, sum(records) OVER (PARTITION BY class) AS class_records FROM cell
),
spread AS (
    SELECT
        count(*) AS diversity,
        -- values that a class lacks differ by their whole share: one less the shares it has
        (1 - sum(overall.share) + sum(abs(sized.records / sized.class_records - overall.share))) / 2
            AS distance
    FROM sized
    INNER JOIN overall ON overall.value = sized.value
    GROUP BY sized.class
)
SELECT coalesce(min(diversity), 0) AS diversity, coalesce(max(distance), 0) AS closeness
FROM spread
