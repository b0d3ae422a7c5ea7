-- How much more, or less, it says that two records share what others may have too, in bits: a surname
-- that either has been known by or that a child bears, and a home. What a level is worth by itself is
-- the average; a name that few bear, or a postcode where hardly anyone else lived, says more.
WITH surname_shared AS (
    SELECT
        unique_id_l,
        unique_id_r,
        unnest(list_intersect(surnames_l, surnames_r)
               || list_intersect(surnames_l, coalesce(kin_r, []))
               || list_intersect(coalesce(kin_l, []), surnames_r)) AS surname
    FROM predicted
    WHERE gamma_surname IN ($alias, $child)
),
usual AS (
    SELECT avg(tf_surname) AS tf FROM appearance JOIN frequency_surname USING (surname)
),
-- Names that nobody bears but as an alias, or as a child, are as rare as any.
by_surname AS (
    SELECT
        unique_id_l,
        unique_id_r,
        log2((SELECT tf FROM usual)
             / min(coalesce(tf_surname, (SELECT min(tf_surname) FROM frequency_surname)))) AS bits
    FROM surname_shared LEFT JOIN frequency_surname USING (surname)
    GROUP BY unique_id_l, unique_id_r
),
dwelt AS (
    SELECT home, count(DISTINCT subject) AS people
    FROM (SELECT subject, unnest(near_homes) AS home FROM appearance)
    GROUP BY home
),
-- Somebody shares a home with so many others on average. Two who share one are two of its people.
crowd AS (
    SELECT sum(people * (people - 1)) / sum(people) AS others FROM dwelt
),
home_shared AS (
    SELECT unique_id_l, unique_id_r, unnest(list_intersect(near_homes_l, near_homes_r)) AS home
    FROM predicted
    WHERE gamma_postcode > 0
),
by_home AS (
    SELECT
        unique_id_l,
        unique_id_r,
        log2((1 + (SELECT others FROM crowd)) / greatest(min(people) - 1, 1)) AS bits
    FROM home_shared JOIN dwelt USING (home)
    GROUP BY unique_id_l, unique_id_r
)
SELECT
    unique_id_l,
    unique_id_r,
    sum(bits) AS bits
FROM (SELECT * FROM by_surname UNION ALL SELECT * FROM by_home)
GROUP BY unique_id_l, unique_id_r
