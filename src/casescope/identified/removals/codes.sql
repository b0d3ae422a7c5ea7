-- Every combination of codes that an episode of the returns bears, numbered in the order of codes.
-- A few thousand at most stand for the codes of millions of rows until those are sorted and merged.
SELECT
    CAST(row_number() OVER (ORDER BY ls, place, rec, cin) AS INTEGER) AS code,
    ls,
    place,
    rec,
    cin
FROM (
    SELECT DISTINCT "LS" AS ls, "PLACE" AS place, "REC" AS rec, "CIN" AS cin FROM extract.episodes
)
