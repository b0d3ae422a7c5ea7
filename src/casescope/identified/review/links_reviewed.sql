-- How many pairs of each group and band were scored, judged, found one woman, and left unsure. Only
-- answers on pairs drawn at random count, for others were not chosen by chance, unless every pair
-- of a group's band was judged: then nothing was left to chance.
WITH counted AS (
    SELECT
        breakdown,
        value,
        band,
        min(min(rank)) OVER (PARTITION BY breakdown, value) AS rank,
        count(*) AS pairs,
        bool_and(coalesce(verdict IN ('same', 'different'), false)) AS whole,
        count(*) FILTER (verdict IN ('same', 'different')) AS judged,
        count(*) FILTER (verdict = 'same') AS one_woman,
        count(*) FILTER (drawn AND verdict IN ('same', 'different')) AS judged_of_drawn,
        count(*) FILTER (drawn AND verdict = 'same') AS one_woman_of_drawn,
        count(*) FILTER (drawn AND verdict = 'unsure') AS unsure
    FROM pair_group
    GROUP BY breakdown, value, band
)
SELECT
    CAST(row_number() OVER (ORDER BY breakdown, rank, value, band.place) AS INTEGER) AS place,
    breakdown,
    value,
    band.name AS probability,
    band.linked,
    CAST(pairs AS INTEGER) AS pairs,
    CAST(CASE WHEN whole THEN judged ELSE judged_of_drawn END AS INTEGER) AS judged,
    CAST(CASE WHEN whole THEN one_woman ELSE one_woman_of_drawn END AS INTEGER) AS one_woman,
    CAST(unsure AS INTEGER) AS unsure
FROM counted
JOIN band ON band.place = counted.band
