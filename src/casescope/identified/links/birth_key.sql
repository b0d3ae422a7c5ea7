-- Each record's forenames (every form of them) and surname with keys of its birth date. Two dates
-- that differ by a slip share two of year, month and day, or day and month are swapped, or lie
-- in ten days, or one is 1 January for "that year": who has `first` meets whom has it as `second`, so that not all of one
-- year meet.
WITH name AS (
    SELECT unique_id, unnest(forenames) AS name FROM appearance
    UNION
    SELECT unique_id, CAST(unnest(families) AS VARCHAR) FROM appearance
    UNION
    SELECT unique_id, surname FROM appearance WHERE surname IS NOT NULL
    UNION
    SELECT unique_id, meant FROM appearance WHERE meant IS NOT NULL
),
born AS (
    SELECT
        unique_id, left(digits, 4) AS year, substr(digits, 5, 2) AS month, right(digits, 2) AS day,
        (dob - DATE '1900-01-01') // 10 AS tens
    FROM appearance
    WHERE digits IS NOT NULL
),
key AS (
    SELECT unique_id, 'month' || year || month AS first, 'month' || year || month AS second FROM born
    UNION ALL
    SELECT unique_id, 'day' || year || day, 'day' || year || day FROM born
    UNION ALL
    SELECT unique_id, 'birthday' || month || day, 'birthday' || month || day FROM born
    UNION ALL
    SELECT unique_id, 'swapped' || year || month || day, 'swapped' || year || day || month FROM born
    UNION ALL
    SELECT unique_id, CASE WHEN month = '01' AND day = '01' THEN 'year' || year END, 'year' || year
    FROM born
    UNION ALL
    SELECT unique_id, 'near' || tens, 'near' || (tens + unnest([0, 1])) FROM born
)
SELECT unique_id, name, first, second FROM name JOIN key USING (unique_id)
