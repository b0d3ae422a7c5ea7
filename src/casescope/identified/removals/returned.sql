-- How far each yearly return reaches: its latest date that is not after the reference date.
SELECT
    _file,
    max(greatest(
        CASE WHEN "DECOM" <= $reference_date THEN "DECOM" ELSE DATE '0001-01-01' END,
        CASE WHEN "DEC" <= $reference_date THEN "DEC" ELSE DATE '0001-01-01' END
    )) AS reaches
FROM extract.episodes
GROUP BY _file
