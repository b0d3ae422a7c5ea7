-- One row an episode (child and DECOM) of the 903 returns, from the one that reaches latest. Facts
-- dated after the reference date are not known yet: such an end is no end. `code` is the number
-- under which codes.sql has its codes.
--
-- The winner among several rows is the greatest of one number made of the return's turn, the end
-- (none is latest) and the codes, the first in order of which wins: so where rows end alike in
-- returns that reach as far, the codes decide, and the order of rows never does. Child and start
-- are one number too, until they have been grouped by.
WITH reach AS (
    SELECT
        _file,
        max(greatest(
            CASE WHEN "DECOM" <= $reference_date THEN "DECOM" ELSE DATE '0001-01-01' END,
            CASE WHEN "DEC" <= $reference_date THEN "DEC" ELSE DATE '0001-01-01' END
        )) AS reaches
    FROM extract.episodes
    GROUP BY _file
),
turn AS (
    SELECT _file, dense_rank() OVER (ORDER BY reaches) AS turn FROM reach
),
won AS (
    SELECT
        (known_as.subject << 22) | ("DECOM" - DATE '0001-01-01') AS started,
        max(
            (turn << 48)
            | (CASE WHEN "DEC" <= $reference_date THEN "DEC" - DATE '0001-01-01' ELSE 4194303 END
               << 26)
            | (67108863 - code)
        ) AS winner
    FROM extract.episodes
    JOIN people.known_as
      ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    JOIN turn USING (_file)
    JOIN codes
      ON codes.ls IS NOT DISTINCT FROM episodes."LS"
     AND codes.place IS NOT DISTINCT FROM episodes."PLACE"
     AND codes.rec IS NOT DISTINCT FROM episodes."REC"
     AND codes.cin IS NOT DISTINCT FROM episodes."CIN"
    WHERE "DECOM" <= $reference_date
    GROUP BY started
)
SELECT
    started >> 22 AS child_id,
    DATE '0001-01-01' + CAST(started & 4194303 AS INTEGER) AS decom,
    DATE '0001-01-01' + CAST(nullif((winner >> 26) & 4194303, 4194303) AS INTEGER) AS dec,
    CAST(67108863 - (winner & 67108863) AS INTEGER) AS code
FROM won
