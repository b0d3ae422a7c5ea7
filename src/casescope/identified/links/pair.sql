-- Pairs of persons with the probability that they are one woman, each by the two of their records
-- that make it most probable when all is considered. However much the model makes of them, some are never joined without somebody who
-- looks: `held` says why, and the probability then stays below what joins by itself.
WITH every AS (
    SELECT
        least(subject_l, subject_r) AS one,
        greatest(subject_l, subject_r) AS other,
        weighed.*,
        bool_or(siblings) OVER (PARTITION BY least(subject_l, subject_r), greatest(subject_l, subject_r))
            AS are_siblings
    FROM weighed
),
supported AS (
    SELECT
        *,
        postcode IN ('same', 'her child''s') OR nhs = 'same'
            OR children IN ('shared', 'same name and birth') OR care = 'in one set of proceedings'
            AS has_support,
        children IN ('shared', 'same name and birth') AS share_child,
        -- to nine places: beyond them the order in which threads add up shows
        round(1 / (1 + 2 ** least(-weight, 900) / $odds), 9) AS reckoned,
        -- so probable only where the names are too rare to be another woman's of nearly that age
        reckoned >= $certain
            AND (SELECT count(DISTINCT subject) FROM appearance) >= $enough AS are_rare
    FROM every
),
judged AS (
    SELECT
        *,
        CASE
            -- no two of one mother's children have one forename and one birth date, nor a child in
            -- common: it is one child, recorded twice
            WHEN are_siblings
                 AND NOT (forename = 'same' AND birth IN ('same', 'same, on 1 January'))
                 AND NOT (share_child AND forename NOT IN ('differs', 'near another name', 'initial',
                                                           'same, another middle name'))
                THEN 'they are recorded as children of one mother'
            WHEN forename IN ('differs', 'same, another middle name') AND nhs <> 'same'
                THEN 'their forenames differ'
            -- twins may have names a letter apart, but not a child in common
            WHEN forename = 'near another name' AND nhs <> 'same'
                 AND NOT (share_child AND birth = 'same' AND surname NOT IN ('differs', 'alike'))
                THEN 'their forenames differ'
            -- twins may share an initial, but then hardly ever is one of them written with no more
            WHEN forename = 'initial' AND nhs <> 'same'
                 AND NOT ((birth = 'same' OR share_child AND birth IN ('one slip',
                     'day and month swapped', '1 January of the year', 'within ten days'))
                     AND surname NOT IN ('differs', 'alike'))
                THEN 'their forenames differ'
            WHEN forename = 'not known' AND NOT (birth = 'same' AND has_support)
                THEN 'a forename is missing'
            WHEN children = 'born too near each other' AND nhs <> 'same'
                THEN 'their children were born too near each other'
            WHEN birth = 'differs' AND nhs <> 'same' THEN 'their birth dates differ'
            -- of one whole name, at one address: a daughter named after her would be years younger, but a
            -- cousin would not; so year or month has to agree, or one date be a guess (1 January)
            WHEN birth IN ('within two years', 'in part') AND nhs <> 'same'
                 AND NOT ((share_child OR care = 'in one set of proceedings'
                           OR birth = 'in part' AND has_support)
                          AND forename IN ('same', 'variant', 'misspelt', 'swapped with surname')
                          AND surname IN ('same', 'also known as', 'variant', 'misspelt, as her child''s',
                                          'misspelt', 'not known'))
                THEN 'their birth dates differ'
            WHEN birth IN ('one slip', 'within ten days', 'near', 'not known') AND NOT has_support
                 AND NOT (birth = 'one slip' AND are_rare)
                THEN 'little but their names agrees'
            WHEN birth IN ('same, on 1 January', '1 January of the year') AND NOT has_support
                 AND NOT are_rare
                THEN 'their names agree, and of their birth dates only the year'
        END AS held
    FROM supported
),
best AS (
    SELECT *, CASE WHEN held IS NULL THEN reckoned ELSE least(reckoned, 0.9) END AS probability
    FROM judged
    QUALIFY row_number() OVER (
        PARTITION BY one, other
        ORDER BY probability DESC, weight DESC, forename, surname, birth, children
    ) = 1
)
SELECT
    one,
    other,
    probability,
    held,
    has_support,
    forename,
    surname,
    birth,
    postcode,
    nhs,
    children,
    care,
    ethnicity
FROM best
WHERE reckoned >= $least
ORDER BY one, other
