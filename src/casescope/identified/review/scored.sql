-- Every pair that was scored, nobody withheld, with its band of probability, whether it was drawn,
-- what was said of it, and what the two women are grouped by: ethnicity and age of the
-- earlier-registered who has them, and the child of either removed last (broad).
WITH hers AS (
    SELECT
        woman_id AS subject,
        max(latest_removed_on) AS removed_on,
        arg_max(ended, (latest_removed_on, child_id)) AS ended
    FROM cohort.removed_child
    JOIN people.motherhood USING (child_id)
    WHERE linkage = 'strict'
    GROUP BY woman_id
),
pair AS (
    SELECT least(one, other) AS one, greatest(one, other) AS other, probability
    FROM links.pair
    WHERE one NOT IN (SELECT subject FROM people.withheld)
      AND other NOT IN (SELECT subject FROM people.withheld)
)
SELECT
    pair.one,
    pair.other,
    band.place AS band,
    drawn.one IS NOT NULL AS drawn,
    answer.verdict,
    coalesce(first.ethnicity, second.ethnicity) AS ethnicity,
    (
        (year($reference_date) * 10000 + month($reference_date) * 100 + day($reference_date))
        - (
            year(coalesce(first.dob, second.dob)) * 10000
            + month(coalesce(first.dob, second.dob)) * 100
            + day(coalesce(first.dob, second.dob))
        )
    ) // 10000 AS age,
    greatest(ones.removed_on, others.removed_on) AS removed_on,
    CASE
        WHEN others.removed_on IS NULL OR ones.removed_on >= others.removed_on THEN ones.ended
        ELSE others.ended
    END AS ended
FROM pair
LEFT JOIN stopped ON stopped.one = pair.one AND stopped.other = pair.other
JOIN band
  ON band.stopped = (stopped.one IS NOT NULL)
 AND pair.probability >= band.lower AND pair.probability < band.upper
LEFT JOIN drawn ON drawn.one = pair.one AND drawn.other = pair.other
LEFT JOIN answer ON answer.one = pair.one AND answer.other = pair.other
LEFT JOIN people.detail AS first ON first.subject = pair.one
LEFT JOIN people.detail AS second ON second.subject = pair.other
LEFT JOIN hers AS ones ON ones.subject = pair.one
LEFT JOIN hers AS others ON others.subject = pair.other
