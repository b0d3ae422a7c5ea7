-- Every value by which a person record declares who it is. Two records with one claim are one
-- person: a shared identifier, an identifier that is another record's id, or the same name and
-- date of birth. Two children of one name and birth date are not joined on that alone: twins are
-- often recorded as "Baby" before they are named. A family or household number says nothing of
-- identity. The two records of an adopted child are joined on such a claim alone: a pre- or
-- post-adoption id that is the other record's, or one 903 id that both name.
WITH record AS (
    SELECT source_id AS person_id FROM extract.named WHERE source = 'person'
),
linked AS (
    SELECT
        link_person_id AS person_id,
        regexp_replace(lower(link_identifier_type), '[^a-z0-9]', '', 'g') AS kind,
        upper(replace(link_identifier_value, ' ', '')) AS value
    FROM extract.linked_identifier
    WHERE link_identifier_value IS NOT NULL
      AND NOT regexp_matches(upper(link_identifier_value), '^UN[0-9]$')  -- a UPN that is not known
      AND NOT regexp_matches(lower(link_identifier_type), 'family|household|sibling|group|address|case')
),
named AS (
    SELECT
        pers_person_id AS person_id,
        regexp_replace(lower(pers_forename), '[^\p{L}]', '', 'g') AS forename,
        regexp_replace(lower(pers_surname), '[^\p{L}]', '', 'g') AS surname,
        pers_dob AS dob
    FROM extract.person
    -- "Unknown Mother", born on the day that a system writes where none is known, is nobody's name
    JOIN spelt AS given ON given.name = pers_forename AND len(given.words) > 0
    JOIN spelt AS family ON family.name = pers_surname AND len(family.words) > 0
    WHERE year(pers_dob) >= 1920
),
grown_named AS (
    SELECT DISTINCT forename, surname, dob
    FROM named
    WHERE forename <> '' AND surname <> ''
      AND NOT EXISTS (
          SELECT 1 FROM extract.mother WHERE moth_childs_person_id = named.person_id
      )
),
said AS (
    SELECT person_id, 'record' AS kind, upper(replace(person_id, ' ', '')) AS value FROM record
    UNION
    SELECT person_id, 'linked ' || kind, value FROM linked
    UNION
    -- A linked value may be the id of another record; 903, UPN and NHS numbers are other number series.
    SELECT person_id, 'record', value FROM linked
    WHERE NOT regexp_matches(kind, '903|upn|nhs')
      AND value IN (SELECT upper(replace(person_id, ' ', '')) FROM record)
    UNION
    -- One child of the 903 return, by whatever name the identifier goes.
    SELECT person_id, '903', value FROM linked
    WHERE regexp_matches(kind, '903|adopt')
      AND value IN (SELECT upper(replace(source_id, ' ', '')) FROM extract.named WHERE source = '903')
    UNION
    SELECT pers_person_id, 'nhs', upper(replace(pers_single_unique_id, ' ', '')) FROM extract.person
    WHERE pers_single_unique_id IS NOT NULL
    UNION
    SELECT pers_person_id, 'upn', pers_upn FROM extract.person
    WHERE pers_upn IS NOT NULL AND NOT regexp_matches(pers_upn, '^UN[0-9]$')
    UNION
    SELECT pers_person_id, 'legacy', upper(replace(pers_legacy_id, ' ', '')) FROM extract.person
    WHERE pers_legacy_id IS NOT NULL
    UNION
    SELECT pers_person_id, 'record', upper(replace(pers_legacy_id, ' ', '')) FROM extract.person
    WHERE upper(replace(pers_legacy_id, ' ', '')) IN (SELECT upper(replace(person_id, ' ', '')) FROM record)
    UNION
    SELECT person_id, 'name and birth', forename || ' ' || surname || ' ' || CAST(dob AS VARCHAR)
    FROM named JOIN grown_named USING (forename, surname, dob)
)
-- What systems and clerks write where there is no number names nobody, however few bear it.
SELECT person_id, kind, value
FROM said
WHERE kind IN ('record', 'name and birth')
   OR NOT (value IN ('SSD_PH', 'PLACEHOLDER_DATA', 'NULL', 'NONE', 'UNKNOWN', 'NOTKNOWN', 'N/A', 'TBC')
           OR length(value) >= 5 AND replace(value, left(value, 1), '') = ''
           OR replace(value, '0', '') = '')
