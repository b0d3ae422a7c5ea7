-- Women with a removed child by the ages told of their children.
SELECT child_ages, count(*) AS women
FROM shared_woman
WHERE children <> '0'
GROUP BY child_ages
