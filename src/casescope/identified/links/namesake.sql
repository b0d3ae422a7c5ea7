-- For each pair whose names agree, how many others of the file bear such a name, against how many would
-- if forename and surname had nothing to do with each other. Names go together by tradition and in
-- families: where more bear both than chance has it, to agree in both says less. Of two spellings the one that more
-- bear counts. Whoever was born on the same day as one of the two may be her again, and is no other.
WITH named AS (
    SELECT
        unique_id_l, unique_id_r, subject_l, subject_r, dob_l, dob_r,
        unnest(list_distinct([meant_l, meant_r])) AS forename,
        list_distinct([surname_l, surname_r] || list_intersect(surnames_l, surnames_r)) AS surnames
    FROM predicted
    WHERE gamma_forename >= $called AND gamma_surname >= $agreed
),
each_of AS (
    SELECT * EXCLUDE (surnames), unnest(surnames) AS surname FROM named
),
borne AS (
    SELECT
        unique_id_l, unique_id_r, forename, surname,
        count(DISTINCT bearing.subject) FILTER (
            bearing.subject NOT IN (subject_l, subject_r)
            AND (bearing.dob IS NULL
                 OR bearing.dob IS DISTINCT FROM dob_l AND bearing.dob IS DISTINCT FROM dob_r)
        ) AS bearers
    FROM each_of LEFT JOIN bearing USING (forename, surname)
    GROUP BY ALL
),
most AS (
    SELECT
        unique_id_l,
        unique_id_r,
        max(bearers) AS bearers,
        max(tf_forename * tf_surname) * (SELECT count(DISTINCT subject) FROM appearance) AS expected
    FROM borne
    LEFT JOIN frequency_forename USING (forename)
    LEFT JOIN frequency_surname USING (surname)
    GROUP BY unique_id_l, unique_id_r
)
-- in bits: others of the name as one may expect them, knowing the file, over those by chance
SELECT
    unique_id_l,
    unique_id_r,
    log2(($sure + bearers) * (expected + share) / (($sure + expected + share) * expected)) AS bits
FROM most, namesake_share
