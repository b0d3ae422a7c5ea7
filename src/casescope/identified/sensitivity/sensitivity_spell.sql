-- Follow-up from the first event under each variation that can change it, grouped by its days: how
-- many ended in a next event with a new child and how many otherwise. Nothing beyond five years is
-- asked for, so whoever was followed longer stands together at the day after.
WITH started AS (
    SELECT
        asked.question,
        asked.telling,
        told.linkage,
        told.removals,
        told.sign,
        told.first_on,
        told.next_on,
        woman_now.died_on,
        CAST(woman_now.dob + to_years(question.age_max + 5) AS DATE) AS age_limit_on,
        list_min(list_filter(woman_now.left_days, lambda day: day >= told.first_on)) AS left_on
    FROM (SELECT DISTINCT question, telling FROM variation WHERE recurs) AS asked
    JOIN question USING (question)
    JOIN temp.telling AS told USING (telling)
    JOIN cohort.woman_now USING (linkage, woman_id)
    CROSS JOIN cohort.observed
    WHERE told.first_on >= coalesce(
        CAST(observed.observation_start + to_years(question.washout_years) AS DATE),
        DATE '0001-01-01'
    )
),
ended AS (
    SELECT
        *,
        least(
            $reference_date::DATE,
            coalesce(next_on, DATE '9999-12-31'),
            coalesce(died_on, DATE '9999-12-31'),
            coalesce(age_limit_on, DATE '9999-12-31'),
            coalesce(left_on, DATE '9999-12-31')
        ) AS ended_on
    FROM started
    WHERE coalesce(died_on > first_on, true) AND coalesce(age_limit_on > first_on, true)
),
added AS (
    SELECT
        question,
        telling,
        linkage,
        removals,
        least(ended_on - first_on, 1827) AS days,
        sum(sign) FILTER (next_on = ended_on AND ended_on - first_on < 1827) AS events,
        sum(sign) AS women
    FROM ended
    GROUP BY question, telling, linkage, removals, least(ended_on - first_on, 1827)
)
SELECT
    linkage,
    removals,
    varied,
    setting,
    CAST(days AS INTEGER) AS days,
    CAST(coalesce(sum(events), 0) AS INTEGER) AS events,
    CAST(sum(women) - coalesce(sum(events), 0) AS INTEGER) AS censored
FROM variation
JOIN added USING (question, telling)
WHERE variation.recurs
GROUP BY linkage, removals, varied, setting, days
HAVING sum(women) <> 0 OR coalesce(sum(events), 0) <> 0
