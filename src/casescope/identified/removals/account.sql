-- Under each linkage and each count a woman's removals are told once: broad (in care), strict (of
-- those, compulsory), wide (broad, and those by orders without care or by another authority).
-- Strict lies within broad and broad within wide, so where two hold as many removals they hold the
-- same ones: such counts share one account, and what follows is worked out once for them. So do the
-- two linkages of a woman to whom lenient links add no removal: what lenient linkage makes one
-- woman holds the children of the strict woman of that number, and no fewer.
-- `leads` marks the count whose removals the account lists.
WITH told AS (
    SELECT
        CAST(linkage AS ENUM ('strict', 'lenient')) AS linkage,
        woman_id,
        count(*) AS wide,
        count(*) FILTER (basis = 'care') AS broad,
        count(*) FILTER (basis = 'care' AND compulsory) AS strict
    FROM people.motherhood JOIN removal USING (child_id)
    GROUP BY linkage, woman_id
),
compared AS (
    SELECT
        *,
        linkage = 'lenient' AND coalesce(
            wide = max(CASE WHEN linkage = 'strict' THEN wide END) OVER (PARTITION BY woman_id),
            false
        ) AS as_strict
    FROM told
),
numbered AS (
    SELECT
        *,
        woman_id * 8 + CASE WHEN linkage = 'strict' OR as_strict THEN 0 ELSE 4 END AS wide_account,
        woman_id * 8 + CASE WHEN linkage = 'strict' OR as_strict THEN 0 ELSE 4 END
            + CASE WHEN broad = wide THEN 0 ELSE 1 END AS broad_account,
        woman_id * 8 + CASE WHEN linkage = 'strict' OR as_strict THEN 0 ELSE 4 END + 2
            AS strict_account
    FROM compared
),
counts AS (
    SELECT unnest(['wide', 'broad', 'strict']::ENUM ('wide', 'broad', 'strict')[]) AS removals
)
SELECT
    linkage,
    removals,
    woman_id,
    CASE
        WHEN removals = 'wide' THEN wide_account
        WHEN removals = 'broad' OR strict = broad THEN broad_account
        ELSE strict_account
    END AS account,
    NOT as_strict AND CASE removals
        WHEN 'wide' THEN true
        WHEN 'broad' THEN broad <> wide
        ELSE strict <> broad
    END AS leads
FROM numbered CROSS JOIN counts
WHERE CASE removals WHEN 'wide' THEN wide WHEN 'broad' THEN broad ELSE strict END > 0
