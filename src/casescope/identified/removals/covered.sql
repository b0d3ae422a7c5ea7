-- The time that the 903 returns cover, all files together: from the 1 April on or before the
-- earliest end of an episode in them (with no end, the earliest start) to the latest date in them
-- that is not after the reference date. Both days are null where there is no return.
WITH told AS (
    SELECT
        coalesce(
            min("DEC") FILTER ("DEC" <= $reference_date),
            min("DECOM") FILTER ("DECOM" <= $reference_date)
        ) AS first_on,
        greatest(
            max("DECOM") FILTER ("DECOM" <= $reference_date),
            max("DEC") FILTER ("DEC" <= $reference_date)
        ) AS last_on
    FROM extract.episodes
)
SELECT
    CASE
        WHEN month(first_on) >= 4 THEN make_date(year(first_on), 4, 1)
        ELSE make_date(year(first_on) - 1, 4, 1)
    END AS starts_on,
    last_on AS reaches_on
FROM told
