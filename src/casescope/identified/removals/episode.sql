-- One row an episode (child and DECOM) of the 903 returns, from the one that reaches latest. Facts
-- dated after the reference date are not known yet: such an end is no end. `returned` is where an
-- episode stands in extract.episodes, for its codes to be fetched by.
--
-- The winner among several rows is the greatest of one number made of the return's turn, the end
-- (none is latest) and the row's place. The place only tells rows apart: the least place and the
-- greatest are both found, and where they differ (rows that end alike in returns that reach as
-- far) the codes decide, so that the order of rows never does. 26 bits are 67 million rows.
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
known AS NOT MATERIALIZED (
    SELECT
        known_as.subject AS child_id,
        episodes."DECOM" AS decom,
        (turn << 48)
        | (CASE WHEN "DEC" <= $reference_date THEN "DEC" - DATE '0001-01-01' ELSE 4194303 END << 26)
            AS strength,
        episodes.rowid AS place,
        {'ls': "LS", 'place': "PLACE", 'rec': "REC", 'cin': "CIN"} AS codes
    FROM extract.episodes
    JOIN people.known_as
      ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    JOIN turn USING (_file)
    WHERE "DECOM" <= $reference_date
),
won AS MATERIALIZED (
    SELECT
        child_id,
        decom,
        max(strength | place) AS winner,
        67108863 - (max(strength | (67108863 - place)) & 67108863) AS least_place
    FROM known
    GROUP BY child_id, decom
),
settled AS (
    SELECT known.child_id, known.decom, arg_min(known.place, known.codes) AS place
    FROM known
    JOIN won
      ON won.child_id = known.child_id AND won.decom = known.decom
     AND won.winner >> 26 = known.strength >> 26
    WHERE least_place <> winner & 67108863
    GROUP BY known.child_id, known.decom
)
SELECT
    won.child_id,
    won.decom,
    DATE '0001-01-01' + CAST(nullif((winner >> 26) & 4194303, 4194303) AS INTEGER) AS dec,
    coalesce(settled.place, winner & 67108863) AS returned
FROM won LEFT JOIN settled USING (child_id, decom)
