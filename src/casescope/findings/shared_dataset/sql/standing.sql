-- Women by tier (or none), by whether a child is in her care now, by pregnancy, and by whether she
-- was in care herself.
SELECT tier, in_her_care, pregnant, care_experienced, count(*) AS women
FROM shared_woman
GROUP BY tier, in_her_care, pregnant, care_experienced
