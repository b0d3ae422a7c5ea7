-- How many women in one have a namesake though their whole name is so rare that chance would give
-- them none: names run in families. A namesake is another person born more than two years apart, so
-- that it is not she.
WITH whole AS (
    SELECT DISTINCT subject, meant, surname, dob
    FROM appearance
    WHERE meant IS NOT NULL AND surname IS NOT NULL AND dob IS NOT NULL
),
rare AS (
    SELECT whole.*
    FROM whole
    JOIN frequency_forename ON frequency_forename.forename = whole.meant
    JOIN frequency_surname USING (surname)
    WHERE tf_forename * tf_surname * (SELECT count(DISTINCT subject) FROM appearance) < 0.05
),
told AS (
    SELECT l.subject, bool_or(coalesce(abs(l.dob - r.dob) > 731, false)) AS has_one
    FROM rare AS l
    LEFT JOIN rare AS r
      ON l.meant = r.meant AND l.surname = r.surname AND l.subject <> r.subject
    GROUP BY l.subject
)
SELECT (count(*) FILTER (has_one) + $usual * $worth) / (count(*) + $worth) AS share FROM told
