-- What is doubtful about each woman or a child of hers, for checking: listed at the council, never
-- mended in silence. `other` is another person's number, `probability` that of a link.
WITH joined AS (
    SELECT
        one.linkage,
        one.woman_id,
        pair.one,
        pair.other,
        pair.probability
    FROM links.pair
    JOIN people.same_woman AS one ON one.subject = pair.one
    JOIN people.same_woman AS other
      ON other.subject = pair.other AND other.linkage = one.linkage
     AND other.woman_id = one.woman_id
)
SELECT
    linkage,
    woman_id,
    'mother_doubtful' AS kind,
    child_id,
    NULL::BIGINT AS person,
    NULL::BIGINT AS other,
    NULL::DOUBLE AS probability,
    NULL::DATE AS on_day
FROM people.motherhood
WHERE doubtful
UNION ALL
SELECT linkage, woman_id, 'two_mothers', child_id, NULL, NULL, NULL, NULL
FROM people.motherhood
WHERE two_mothers
UNION ALL
SELECT linkage, woman_id, 'age_estimated', NULL, NULL, NULL, NULL, dob
FROM people.woman
WHERE age_basis = 'estimated'
UNION ALL
SELECT linkage, woman_id, 'care_unknown', child_id, NULL, NULL, NULL, NULL
FROM child_now
WHERE in_her_care = 'unknown'
UNION ALL
SELECT linkage, woman_id, 'newborn_with_mother', child_id, NULL, NULL, NULL, placed_on
FROM newborn_with_mother
UNION ALL
SELECT linkage, woman_id, 'expected_date_passed', child_id, NULL, NULL, NULL, expected_on
FROM expecting
WHERE NOT due
UNION ALL
SELECT DISTINCT linkage, woman_id, 'removal_age_not_known', child_id, NULL, NULL, NULL, removed_on
FROM people.motherhood JOIN removals.removal USING (child_id)
WHERE age_days IS NULL
UNION ALL
SELECT DISTINCT linkage, woman_id, 'sources_differ', child_id, NULL, NULL, NULL, started_on
FROM people.motherhood JOIN removals.conflict USING (child_id)
UNION ALL
SELECT linkage, woman_id, 'probable_link', NULL, one, other, probability, NULL
FROM joined
UNION ALL
SELECT same_woman.linkage, same_woman.woman_id, 'link_to_review', NULL, pair.subject, pair.other,
    probability, NULL
FROM (
    SELECT one AS subject, other, probability FROM people.review
    UNION ALL
    SELECT other, one, probability FROM people.review
) AS pair
JOIN people.same_woman USING (subject)
