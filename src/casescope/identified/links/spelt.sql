-- Every name of a file as words of plain letters: lower case, without accents, digits that stand for
-- letters in scanned paper read as those. What only stands for a name (unknown, baby) is no word, nor
-- is what a worker wrote into the field about the record or whose mother she is. A name in brackets,
-- after a stroke or after "née" is another that she is known by: `also`.
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
),
told AS (
    SELECT name, regexp_replace(
        letters, '\b(do not use|n/a|(mother|mum|mam|mummy|parent) (of|to)\b.*)', ' ', 'g'
    ) AS letters
    FROM lettered
),
parted AS (
    SELECT
        name,
        regexp_replace(regexp_replace(letters, '[(\["{][^)\]"}]*[)\]"}]?', ' ', 'g'), $other_name, ' ')
            AS first,
        array_to_string(regexp_extract_all(letters, '[(\["{]([^)\]"}]*)', 1), ' ') || ' '
            || regexp_extract(letters, $other_name, 1) AS second
    FROM told
),
worded AS (
    SELECT
        name,
        list_filter(
            regexp_split_to_array(trim(regexp_replace(first, '[^a-z]+', ' ', 'g')), ' '),
            lambda word: word NOT IN $no_names
        ) AS words,
        list_filter(
            regexp_split_to_array(trim(regexp_replace(second, '[^a-z]+', ' ', 'g')), ' '),
            lambda word: word NOT IN $no_names
        ) AS also
    FROM parted
)
SELECT
    name,
    CASE WHEN len(words) > 0 THEN words ELSE also END AS words,
    CASE WHEN len(words) > 0 THEN also ELSE [] END AS also
FROM worded
