-- Women with a removed child by number of children, further events as told, period of the first
-- event, how long they were followed and what ended it.
SELECT children, intervals, index_period, followed, ending, count(*) AS women
FROM shared_woman
WHERE children <> '0'
GROUP BY children, intervals, index_period, followed, ending
