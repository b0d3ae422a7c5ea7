-- Ids in the extract that the id map does not hold yet, in the order they will be registered.
SELECT
    source,
    source_id,
    row_number() OVER (ORDER BY source DESC, source_id) AS turn,
    coalesce((SELECT max(registered) FROM identity), 0) AS so_far
FROM extract.named
WHERE NOT EXISTS (
    SELECT 1 FROM identity AS known
    WHERE known.source = named.source AND known.source_id = named.source_id
)
