-- Every name of a file as words of plain letters: lower case, without accents, digits that stand for
-- letters in scanned paper read as those. What only stands for a name (unknown, baby) is no word.
WITH written AS (
    SELECT pers_forename AS name FROM extract.person
    UNION SELECT pers_surname FROM extract.person
    UNION SELECT alias_forename FROM extract.person_alias
    UNION SELECT alias_surname FROM extract.person_alias
),
-- letters that are no accented ones, and so outlive strip_accents
lettered AS (
    SELECT name, translate(
        replace(replace(replace(strip_accents(lower(name)), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
        'łøđðıħþ0135''’‘ʼ`', 'loddihtoles'
    ) AS letters
    FROM written
    WHERE name IS NOT NULL
)
SELECT name, list_filter(
    regexp_split_to_array(trim(regexp_replace(letters, '[^a-z]+', ' ', 'g')), ' '),
    lambda word: word NOT IN $no_names
) AS words
FROM lettered
