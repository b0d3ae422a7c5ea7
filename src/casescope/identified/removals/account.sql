-- Under each linkage and each count a woman's removals are told once: broad (in care), strict (of
-- those, compulsory), wide (broad, and those by orders without care or by another authority).
-- Strict lies within broad and broad within wide, so where two hold as many removals they hold the
-- same ones: such counts share one account, and what follows is worked out once for them.
-- `leads` marks the count whose removals the account lists.
WITH told AS (
    SELECT
        linkage,
        woman_id,
        woman_id * 8 + CASE linkage WHEN 'strict' THEN 0 ELSE 4 END AS first_account,
        count(*) AS wide,
        count(*) FILTER (basis = 'care') AS broad,
        count(*) FILTER (basis = 'care' AND compulsory) AS strict
    FROM people.motherhood JOIN removal USING (child_id)
    GROUP BY linkage, woman_id
),
numbered AS (
    SELECT
        *,
        first_account AS wide_account,
        first_account + CASE WHEN broad = wide THEN 0 ELSE 1 END AS broad_account,
    FROM told
)
SELECT linkage, 'wide' AS removals, woman_id, wide_account AS account, true AS leads
FROM numbered
UNION ALL
SELECT linkage, 'broad', woman_id, broad_account, broad <> wide
FROM numbered
WHERE broad > 0
UNION ALL
SELECT
    linkage,
    'strict',
    woman_id,
    CASE WHEN strict = broad THEN broad_account ELSE first_account + 2 END,
    strict <> broad
FROM numbered
WHERE strict > 0
