-- Who is called by which forename with which surname, aliases and each form of both included; and
-- when she was born.
SELECT DISTINCT subject, forename, surname, dob
FROM (
    SELECT subject, dob, unnest(list_distinct([meant] || coalesce(called, []))) AS forename, surnames
    FROM appearance
), unnest(surnames) AS each_of(surname)
WHERE forename IS NOT NULL AND surname IS NOT NULL
