-- What the episodes reach from and to, and the day from which removals are fully recorded: the
-- study's own, else the 1 April on or before the earliest end of an episode (with no end at all,
-- the earliest start).
WITH reach AS (
    SELECT
        min(decom) AS first_on,
        max(coalesce(dec, decom)) AS last_on,
        coalesce(min(dec), min(decom)) AS first_end
    FROM removals.care
)
SELECT
    first_on,
    last_on,
    coalesce(
        $observation_start::DATE,
        CASE
            WHEN month(first_end) >= 4 THEN make_date(year(first_end), 4, 1)
            ELSE make_date(year(first_end) - 1, 4, 1)
        END
    ) AS observation_start
FROM reach
