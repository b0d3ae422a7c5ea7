-- The headlines under each variation: what its tellings come to, added up. Each way of asking is
-- put to each telling once, however many variations share it.
WITH part AS (
    SELECT
        asked.question,
        asked.telling,
        told.linkage,
        told.removals,
        told.sign,
        told.removed_children,
        told.repeat_events,
        woman_now.in_her_care,
        woman_now.pregnant,
        coalesce(
            woman_now.died_on IS NULL AND NOT woman_now.left_area
            AND woman_now.age BETWEEN question.age_min AND question.age_max
            AND told.latest_on >= question.lookback_from,
            false
        ) AS is_counted
    FROM (SELECT DISTINCT question, telling FROM variation) AS asked
    JOIN question USING (question)
    JOIN temp.telling AS told USING (telling)
    JOIN cohort.woman_now USING (linkage, woman_id)
),
added AS (
    SELECT
        question,
        telling,
        linkage,
        removals,
        sum(sign) AS women,
        sum(sign) FILTER (repeat_events > 0) AS repeat_women,
        sum(sign * repeat_events) AS repeat_events,
        sum(sign) FILTER (is_counted AND removed_children > 1
            AND in_her_care = 'no' AND NOT pregnant) AS t1,
        sum(sign) FILTER (is_counted AND removed_children > 1
            AND in_her_care = 'unknown' AND NOT pregnant) AS t2_only_unknown,
        sum(sign) FILTER (is_counted AND removed_children > 1) AS t1_and_t2,
        sum(sign) FILTER (is_counted AND removed_children = 1) AS t3
    FROM part
    GROUP BY question, telling, linkage, removals
)
SELECT
    l.linkage,
    r.removals,
    variation.varied,
    variation.setting,
    bool_or(variation.recurs) AS recurs,
    CAST(coalesce(sum(women), 0) AS INTEGER) AS women,
    CAST(coalesce(sum(repeat_women), 0) AS INTEGER) AS repeat_women,
    CAST(coalesce(sum(repeat_events), 0) AS INTEGER) AS repeat_events,
    CAST(coalesce(sum(t1), 0) AS INTEGER) AS t1,
    CAST(coalesce(sum(t2_only_unknown), 0) AS INTEGER) AS t2_only_unknown,
    CAST(coalesce(sum(t1_and_t2), 0) - coalesce(sum(t1), 0) AS INTEGER) AS t2,
    CAST(coalesce(sum(t3), 0) AS INTEGER) AS t3
FROM variation
CROSS JOIN (SELECT DISTINCT linkage FROM cohort.flow) AS l
CROSS JOIN (SELECT DISTINCT removals FROM cohort.flow) AS r
LEFT JOIN added
  ON added.question = variation.question AND added.telling = variation.telling
 AND added.linkage = l.linkage AND added.removals = r.removals
GROUP BY l.linkage, r.removals, variation.varied, variation.setting
