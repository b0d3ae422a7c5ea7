-- One row an episode (child and DECOM): from the 903 return that reaches latest, and for children
-- whom no return knows from the case system. Facts dated after the reference date are not known
-- yet: such an end is no end.
WITH returned AS (
    SELECT
        _file,
        max(greatest(
            CASE WHEN "DECOM" <= $reference_date THEN "DECOM" ELSE DATE '0001-01-01' END,
            CASE WHEN "DEC" <= $reference_date THEN "DEC" ELSE DATE '0001-01-01' END
        )) AS reaches
    FROM extract.episodes
    GROUP BY _file
),
known AS (
    SELECT
        known_as.subject AS child_id,
        "DECOM" AS decom,
        CASE WHEN "DEC" <= $reference_date THEN "DEC" END AS dec,
        CASE WHEN "DEC" <= $reference_date THEN "REC" END AS rec,
        "LS" AS ls,
        "PLACE" AS place,
        "CIN" AS cin,
        returned.reaches
    FROM extract.episodes
    JOIN people.known_as
      ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    JOIN returned USING (_file)
    WHERE "DECOM" <= $reference_date
)
SELECT child_id, decom, dec, rec, ls, place, cin
FROM known
QUALIFY row_number() OVER (
    PARTITION BY child_id, decom
    ORDER BY reaches DESC, coalesce(dec, DATE '9999-12-31') DESC, ls, place, rec
) = 1
UNION ALL
SELECT child_id, decom, dec, rec, ls, place, cin
FROM episode_in_case_system
WHERE NOT EXISTS (
    SELECT 1
    FROM extract.episodes
    JOIN people.known_as ON known_as.source = '903' AND known_as.source_id = episodes."CHILD"
    WHERE known_as.subject = episode_in_case_system.child_id
)
