-- Women in T1 by which of three groups of issues are recorded for them together, at each time; what
-- is recorded as no, or not recorded, is not recorded as yes.
WITH time_asked AS (
    SELECT unnest($timings) AS timing
),
recorded AS (
    SELECT
        time_asked.timing,
        standing.woman,
        coalesce(bool_or(issue.issue = 'domestic_abuse'), false) AS abuse,
        coalesce(bool_or(issue.issue = 'mental_health'), false) AS mental,
        coalesce(bool_or(issue.issue IN ('alcohol', 'drugs')), false) AS substances
    FROM standing
    CROSS JOIN time_asked
    LEFT JOIN issue
        ON issue.linkage = standing.linkage
        AND issue.removals = standing.removals
        AND issue.woman = standing.woman
        AND issue.timing = time_asked.timing
        AND issue.source = 'structured'
        AND issue.state = 'yes'
    WHERE standing.linkage = $linkage AND standing.removals = 'broad' AND standing.tier = 'T1'
    GROUP BY time_asked.timing, standing.woman
)
SELECT timing, abuse, mental, substances, count(*) AS women
FROM recorded
GROUP BY timing, abuse, mental, substances
