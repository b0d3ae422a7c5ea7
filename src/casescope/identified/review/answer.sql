-- What people said of two women, if they said one thing; decisions name records, two at a time.
WITH told AS (
    SELECT unnest($link_decisions) AS text
    UNION ALL SELECT unnest($links_unsure)
)
SELECT
    least(ones.subject, others.subject) AS one,
    greatest(ones.subject, others.subject) AS other,
    min(split_part(text, ' ', 3)) AS verdict
FROM told
JOIN links.record AS ones ON ones.record_subject_id = split_part(text, ' ', 1)
JOIN links.record AS others ON others.record_subject_id = split_part(text, ' ', 2)
WHERE ones.subject <> others.subject
GROUP BY least(ones.subject, others.subject), greatest(ones.subject, others.subject)
HAVING count(DISTINCT split_part(text, ' ', 3)) = 1
