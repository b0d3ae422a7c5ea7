-- Under each linkage, the persons by declared identity who are one woman, for everyone who is a
-- mother or is one with a mother; a woman goes by the person registered first. Restricted women
-- stand here too.
WITH mother AS (
    SELECT DISTINCT woman_id AS subject FROM maternal_link
),
named AS (
    SELECT DISTINCT coalesce(cluster.woman_id, mother.subject) AS woman_id
    FROM mother LEFT JOIN cluster USING (subject)
)
SELECT 'strict' AS linkage, subject, subject AS woman_id FROM mother
UNION ALL
SELECT 'lenient', coalesce(cluster.subject, named.woman_id), named.woman_id
FROM named LEFT JOIN cluster USING (woman_id)
