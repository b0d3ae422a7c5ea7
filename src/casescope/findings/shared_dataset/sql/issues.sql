-- Women of the tiers in the list for whom an issue is told, at each time.
SELECT
    shared_issue.timing AS timing,
    shared_issue.issue AS issue,
    count(*) FILTER (shared_issue.state = 'yes') AS yes,
    count(*) FILTER (shared_issue.state = 'no') AS no
FROM shared_issue
INNER JOIN shared_woman ON shared_woman.woman = shared_issue.woman
WHERE list_contains($tiers, shared_woman.tier)
GROUP BY shared_issue.timing, shared_issue.issue
