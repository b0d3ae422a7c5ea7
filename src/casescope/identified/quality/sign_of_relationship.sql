-- What the relationships between mothers and children lack.
WITH relationship AS (
    SELECT
        count(*) AS rows,
        count(moth_end_date) AS ended,
        count(*) FILTER (moth_childs_person_id IS NULL) AS without_child,
        count(*) FILTER (NOT regexp_matches(kind, 'adopt|step|foster|father|grand|aunt|uncle|sister|brother|sibling|cousin|guardian|kinship|partner'))
            AS perhaps_birth,
        count(*) FILTER (kind IN ('', 'unknown')) AS not_said
    FROM (
        SELECT *, lower(coalesce(moth_relationship, '')) AS kind FROM extract.mother
    ) AS mother
    WHERE moth_person_id NOT IN (SELECT id FROM withheld_id WHERE source = 'person')
      AND coalesce(moth_childs_person_id, '')
          NOT IN (SELECT id FROM withheld_id WHERE source = 'person')
),
care AS (
    SELECT child_id, bool_or(coalesce(rec IN $adopted_reasons, false)) AS adopted
    FROM removals.care GROUP BY child_id
),
removed AS (
    SELECT
        count(*) FILTER (adopted) AS adopted,
        count(*) FILTER (adopted AND mother.child_id IS NULL) AS adopted_alone,
        count(*) FILTER (NOT adopted) AS others,
        count(*) FILTER (NOT adopted AND mother.child_id IS NULL) AS others_alone
    FROM (SELECT DISTINCT child_id FROM removals.removal WHERE basis = 'care') AS removed
    JOIN care USING (child_id)
    LEFT JOIN (SELECT child_id FROM people.motherhood WHERE linkage = 'strict') AS mother
        USING (child_id)
)
SELECT 'no_relationship_table' AS sign, rows = 0 AS seen, rows AS records, rows AS of,
    NULL AS detail, NULL::DATE AS since
FROM relationship
UNION ALL
SELECT 'no_ended_relationships', rows > 0 AND ended = 0, rows - ended, rows, NULL, NULL
FROM relationship
UNION ALL
SELECT
    'adopted_without_mother',
    ended > 0 AND adopted_alone >= 5 AND adopted_alone >= 0.2 * adopted
        AND adopted_alone * others >= 2 * others_alone * adopted,
    adopted_alone, adopted, NULL, NULL
FROM relationship, removed
UNION ALL
SELECT 'relationship_without_child', without_child > 0, without_child, rows, NULL, NULL
FROM relationship
UNION ALL
SELECT
    'relationship_not_said_to_be_birth',
    not_said >= 5 AND not_said > 0.25 * perhaps_birth, not_said, perhaps_birth, NULL, NULL
FROM relationship
