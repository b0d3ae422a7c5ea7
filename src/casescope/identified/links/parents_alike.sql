-- Pairs of records that are both named as mother of one child, or of two of one name and birth date.
WITH child AS (
    SELECT unique_id, CAST(unnest(children) AS VARCHAR) AS child FROM appearance
    UNION
    SELECT unique_id, unnest(child_names) FROM appearance
)
SELECT l.unique_id AS one, r.unique_id AS other
FROM child AS l JOIN child AS r ON l.child = r.child
WHERE l.unique_id < r.unique_id
