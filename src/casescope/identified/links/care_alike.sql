-- Pairs of records whose children were in one set of proceedings, or that share a form of the forename
-- and a day on which something happened to a child.
WITH heard AS (
    SELECT unique_id, unnest(proceedings) AS proceedings FROM appearance
),
dated AS (
    SELECT unique_id, name, unnest(events) AS event
    FROM appearance JOIN (
        SELECT unique_id, forename AS name FROM appearance
        UNION SELECT unique_id, CAST(unnest(families) AS VARCHAR) FROM appearance
    ) USING (unique_id)
)
SELECT l.unique_id AS one, r.unique_id AS other
FROM heard AS l JOIN heard AS r ON l.proceedings = r.proceedings
WHERE l.unique_id < r.unique_id
UNION
SELECT l.unique_id, r.unique_id
FROM dated AS l JOIN dated AS r ON l.event = r.event AND l.name = r.name
WHERE l.unique_id < r.unique_id
