-- How many people each impossible fact is told of; 0 where it was looked for and not found.
SELECT kind.kind, CAST(count(impossible.id) AS INTEGER) AS records
FROM (SELECT unnest($impossible_facts) AS kind) AS kind
LEFT JOIN quality.impossible ON impossible.kind = kind.kind
GROUP BY kind.kind
