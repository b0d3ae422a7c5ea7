-- Under each linkage and each count a woman's removals are told once: broad (in care), strict (of
-- those, compulsory), wide (broad, and those by orders without care or by another authority).
-- Strict lies within broad and broad within wide, so where two hold as many removals they hold the
-- same ones: such counts share one account, and what follows is worked out once for them. So do the
-- two linkages of a woman to whom lenient links add no removal: what lenient linkage makes one
-- woman holds the children of the strict woman of that number, and no fewer.
-- `leads` marks the count whose removals the account lists.
WITH told AS (
    SELECT
        woman_id,
        count(*) FILTER (linkage = 'strict') AS strict_wide,
        count(*) FILTER (linkage = 'strict' AND basis = 'care') AS strict_broad,
        count(*) FILTER (linkage = 'strict' AND basis = 'care' AND compulsory) AS strict_strict,
        count(*) FILTER (linkage = 'lenient') AS lenient_wide,
        count(*) FILTER (linkage = 'lenient' AND basis = 'care') AS lenient_broad,
        count(*) FILTER (linkage = 'lenient' AND basis = 'care' AND compulsory) AS lenient_strict
    FROM people.motherhood JOIN removal USING (child_id)
    GROUP BY woman_id
),
compared AS (
    SELECT
        linkage,
        woman_id,
        CASE linkage WHEN 'strict' THEN strict_wide ELSE lenient_wide END AS wide,
        CASE linkage WHEN 'strict' THEN strict_broad ELSE lenient_broad END AS broad,
        CASE linkage WHEN 'strict' THEN strict_strict ELSE lenient_strict END AS strict,
        linkage = 'lenient' AND strict_wide = lenient_wide AS as_strict
    FROM told
    CROSS JOIN (SELECT unnest(['strict', 'lenient']::ENUM ('strict', 'lenient')[]) AS linkage)
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
