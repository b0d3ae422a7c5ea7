-- The pairs that were ever drawn at random, as the women they now are.
SELECT DISTINCT
    least(ones.subject, others.subject) AS one,
    greatest(ones.subject, others.subject) AS other
FROM (SELECT unnest($links_drawn) AS text) AS told
JOIN links.record AS ones ON ones.record_subject_id = split_part(text, ' ', 1)
JOIN links.record AS others ON others.record_subject_id = split_part(text, ' ', 2)
WHERE ones.subject <> others.subject
