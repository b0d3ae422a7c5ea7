-- Women in T1 by which of three groups of issues are told for them together, at each time; what is
-- recorded as no, or not recorded, is not recorded as yes.
WITH time_asked AS (
    SELECT unnest($timings) AS timing
),
recorded AS (
    SELECT
        time_asked.timing,
        shared_woman.woman,
        coalesce(bool_or(shared_issue.issue = 'domestic_abuse'), false) AS abuse,
        coalesce(bool_or(shared_issue.issue = 'mental_health'), false) AS mental,
        coalesce(bool_or(shared_issue.issue IN ('alcohol', 'drugs')), false) AS substances
    FROM shared_woman
    CROSS JOIN time_asked
    LEFT JOIN shared_issue
        ON shared_issue.woman = shared_woman.woman
        AND shared_issue.timing = time_asked.timing
        AND shared_issue.state = 'yes'
    WHERE shared_woman.tier = 'T1'
    GROUP BY time_asked.timing, shared_woman.woman
)
SELECT timing, abuse, mental, substances, count(*) AS women
FROM recorded
GROUP BY timing, abuse, mental, substances
