-- Women of the tiers in the list for whom structured records hold an issue.
WITH recorded AS (
    SELECT issue.timing, issue.issue, issue.woman, bool_or(issue.state = 'yes') AS yes
    FROM issue
    INNER JOIN standing
        ON standing.linkage = issue.linkage
        AND standing.removals = issue.removals
        AND standing.woman = issue.woman
    WHERE issue.linkage = $linkage
        AND issue.removals = 'broad'
        AND issue.source = 'structured'
        AND list_contains($tiers, standing.tier)
    GROUP BY issue.timing, issue.issue, issue.woman
)
SELECT timing, issue, count(*) FILTER (yes) AS yes, count(*) FILTER (NOT yes) AS no
FROM recorded
GROUP BY timing, issue
