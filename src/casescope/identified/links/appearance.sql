-- One row a record that may be a woman's, with all that the comparison of two looks at: her names
-- and those she has been known by, her children's surnames, postcodes of hers and of her children,
-- her children, what happened to them when, and the spells of thirty days in which no other child of hers can have been born.
-- What many share (a common surname among several words, the postcode of a hostel) tells nobody
-- apart and is left out.
WITH hers AS (
    SELECT * FROM relation WHERE subject IN (SELECT subject FROM candidate)
),
total AS (
    SELECT count(DISTINCT subject) AS people FROM candidate
),
forename_borne AS (
    SELECT forename AS name, count(DISTINCT subject) AS bearers FROM candidate GROUP BY forename
),
surname_borne AS (
    SELECT surname AS name, count(DISTINCT subject) AS bearers FROM candidate GROUP BY surname
),
-- What a forename that hardly anybody bears is meant to be: one that many bear, but for a slip.
meant AS (
    SELECT rare.name, usual.name AS forename
    FROM forename_borne AS rare
    JOIN forename_borne AS usual
      ON left(rare.name, 1) = left(usual.name, 1)
     AND abs(length(rare.name) - length(usual.name)) <= 2
     AND usual.bearers > 10 * rare.bearers
    WHERE rare.bearers < 3
      AND length(rare.name) >= 4
      AND rare.name NOT IN (SELECT name FROM name_family)
      AND damerau_levenshtein(rare.name, usual.name)
          <= CASE WHEN length(rare.name) >= 7 THEN 2 ELSE 1 END
    QUALIFY row_number() OVER (
        PARTITION BY rare.name
        ORDER BY damerau_levenshtein(rare.name, usual.name), usual.bearers DESC, usual.name
    ) = 1
),
common_surname AS (
    SELECT name FROM surname_borne, total
    WHERE name IS NOT NULL AND bearers > greatest(5, people / 20)
),
-- A name as it sounds, roughly: one spelling for letters that are heard alike.
heard AS (
    SELECT name, array_to_string(list_filter(
        string_split(sounded, ''),
        lambda letter, place: place = 1 OR letter <> sounded[CAST(place AS INTEGER) - 1]
    ), '') AS sound
    FROM (
        SELECT name, replace(replace(replace(replace(regexp_replace(regexp_replace(regexp_replace(
            regexp_replace(regexp_replace(regexp_replace(name,
            'ph|gh', 'f', 'g'), 'ck|q|c([^eiyh]|$)', 'k\1', 'g'), 'c([eiy])', 's\1', 'g'),
            'ie|ey|ee|ea|y', 'i', 'g'), 'ou|ow|oo|w', 'u', 'g'), '([^a])h', '\1', 'g'),
            'ai', 'e'), 'ei', 'e'), 'z', 's'), 'rn', 'm') AS sounded
        FROM (SELECT name FROM forename_borne UNION SELECT name FROM surname_borne)
        WHERE name IS NOT NULL
    )
),
-- A surname without what only says whose wife or daughter she is (Kowalski, Kowalska; Horvath,
-- Horvathova; Kazlauskas, Kazlauskiene), and without O', Mac for Mc, and a last s.
stem AS (
    SELECT name, CASE WHEN length(short) >= 4 THEN short ELSE name END AS stem
    FROM (
        SELECT name, regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            regexp_replace(name,
            '^mac', 'mc'), '^o([bcdfghklmnrst])', '\1'),
            '([sc]k)(a|i|y|aya)$', '\1'), '(ova|eva|ov|ev|off|eff)$', ''),
            '(iene|aite|yte|ute|as|is|us|ys)$', ''), '(in)a$|s$', '\1') AS short
        FROM surname_borne
        WHERE name IS NOT NULL
    )
),
alias AS (
    SELECT DISTINCT
        record.subject,
        coalesce(given.words, []) AS given,
        coalesce(family.words, []) AS family
    FROM extract.person_alias
    JOIN record ON record.person_id = alias_person_id
    LEFT JOIN spelt AS given ON given.name = alias_forename
    LEFT JOIN spelt AS family ON family.name = alias_surname
    WHERE record.subject IN (SELECT subject FROM candidate)
),
-- Every word of her forenames; she is called by the first of each, not by a middle name, which twins
-- may share.
forename_of AS (
    SELECT row_number, name, bool_or(is_called) AS is_called
    FROM (
        SELECT row_number, forename AS name, true AS is_called FROM candidate
        UNION SELECT row_number, unnest(given), false FROM candidate
        UNION SELECT row_number, unnest(also_given), true FROM candidate
        UNION SELECT row_number, alias.given[1], true
        FROM alias JOIN candidate USING (subject)
        UNION SELECT row_number, unnest(alias.given), false
        FROM alias JOIN candidate USING (subject)
    )
    WHERE length(name) > 1
    GROUP BY row_number, name
),
forenames_of AS (
    SELECT
        row_number,
        list(DISTINCT name) AS forenames,
        list(DISTINCT name) FILTER (is_called) AS called,
        list(DISTINCT family) FILTER (family IS NOT NULL) AS families,
        list(DISTINCT family) FILTER (is_called AND family IS NOT NULL) AS called_families
    FROM forename_of LEFT JOIN name_family USING (name)
    GROUP BY row_number
),
surname_of AS (
    SELECT row_number, surname AS name FROM candidate
    UNION
    SELECT row_number, unnest(also_family) FROM candidate
    UNION
    SELECT row_number, array_to_string(alias.family, '')
    FROM alias JOIN candidate USING (subject)
    UNION
    SELECT row_number, word
    FROM (
        SELECT row_number, unnest(family) AS word FROM candidate WHERE len(family) > 1
        UNION
        SELECT row_number, unnest(alias.family)
        FROM alias JOIN candidate USING (subject)
        WHERE len(alias.family) > 1
    )
    WHERE word NOT IN (SELECT name FROM common_surname)
),
surnames_of AS (
    SELECT
        row_number,
        list(DISTINCT each_of.name) AS names,
        list(DISTINCT family) FILTER (family IS NOT NULL) AS families
    FROM (
        SELECT row_number, name, name AS looked_up FROM surname_of
        UNION
        SELECT row_number, name, stem FROM surname_of JOIN stem USING (name)
    ) AS each_of
    LEFT JOIN surname_family ON surname_family.name = looked_up
    WHERE length(each_of.name) > 1
    GROUP BY row_number
),
child_of AS (
    SELECT
        hers.subject,
        hers.child,
        nullif(array_to_string(given.words, ''), '') AS forename,
        nullif(array_to_string(family.words, ''), '') AS surname,
        coalesce(pers_dob, moth_childs_dob) AS dob
    FROM hers
    LEFT JOIN extract.person ON pers_person_id = hers.child_record
    LEFT JOIN spelt AS given ON given.name = pers_forename
    LEFT JOIN spelt AS family ON family.name = pers_surname
    LEFT JOIN (
        SELECT moth_childs_person_id, min(moth_childs_dob) AS moth_childs_dob
        FROM extract.mother GROUP BY moth_childs_person_id
    ) AS said ON said.moth_childs_person_id = hers.child_record
),
kin AS (
    SELECT subject, list(DISTINCT surname) AS kin
    FROM child_of
    WHERE surname NOT IN (SELECT name FROM common_surname)
    GROUP BY subject
),
-- A child of the same name whose birth date has a slip: two parts of it agree, or day and month
-- are swapped. Of a name that many children bear this says nothing.
borne_by_child AS (
    SELECT forename AS name FROM child_of
    GROUP BY forename
    HAVING count(DISTINCT child)
        <= greatest(5, (SELECT count(DISTINCT child) FROM child_of) / 50)
),
child_slip AS (
    SELECT subject, list(DISTINCT forename || part) AS child_slips
    FROM (
        SELECT subject, forename, unnest([
            strftime(dob, '%Y-%m'), strftime(dob, '%Y--%d'), strftime(dob, '%m-%d'),
            year(dob) || '=' || least(month(dob), day(dob)) || '=' || greatest(month(dob), day(dob))
        ]) AS part
        FROM child_of
        WHERE dob IS NOT NULL AND length(forename) > 1
          AND forename IN (SELECT name FROM borne_by_child)
    )
    GROUP BY subject
),
born AS (
    SELECT
        subject,
        list(DISTINCT child) AS children,
        list(DISTINCT forename || dob) FILTER (
            dob IS NOT NULL AND length(forename) > 1
        ) AS child_names,
        list(DISTINCT (dob - DATE '1900-01-01') // 30) FILTER (dob IS NOT NULL) AS born,
        list_distinct(flatten(list(
            range((dob - DATE '1900-01-01') // 30 + 2, (dob - DATE '1900-01-01') // 30 + 6)
        ) FILTER (dob IS NOT NULL))) AS barred
    FROM child_of
    GROUP BY subject
),
-- ZZ99 stands for no fixed abode, an unknown place or another country (NHS Data Dictionary).
lived AS (
    SELECT record.subject, record.person_id, addr_address_postcode AS postcode
    FROM extract.address JOIN record ON record.person_id = addr_person_id
    WHERE length(addr_address_postcode) BETWEEN 5 AND 8
      AND NOT starts_with(addr_address_postcode, 'ZZ99')
),
return_id AS (
    SELECT source_id AS person_id, source_id AS child_903
    FROM extract.named WHERE source = '903'
    UNION
    SELECT link_person_id, link_identifier_value FROM extract.linked_identifier
    WHERE link_identifier_value IN (SELECT source_id FROM extract.named WHERE source = '903')
),
lived_with AS (
    SELECT hers.subject, lived.postcode
    FROM hers JOIN lived ON lived.person_id = hers.child_record
    UNION
    SELECT hers.subject, "HOME_POST"
    FROM hers
    JOIN return_id ON return_id.person_id = hers.child_record
    JOIN extract.episodes ON episodes."CHILD" = return_id.child_903
    WHERE length("HOME_POST") BETWEEN 5 AND 8
      AND NOT starts_with("HOME_POST", 'ZZ99')
),
-- A hostel, a town hall: among so many lived others of a name like hers. A street of fewer counts, by
-- how many lived there (shared.sql). Women are counted, or a few large families would fill it.
crowded AS (
    SELECT postcode
    FROM (SELECT subject, postcode FROM lived UNION SELECT subject, postcode FROM lived_with)
    WHERE subject IN (SELECT subject FROM candidate)
    GROUP BY postcode
    HAVING count(DISTINCT subject) > 40
),
home AS (
    SELECT subject, list(DISTINCT postcode) AS homes
    FROM lived
    WHERE subject IN (SELECT subject FROM candidate)
      AND postcode NOT IN (SELECT postcode FROM crowded)
    GROUP BY subject
),
near_home AS (
    SELECT subject, list(DISTINCT postcode) AS near_homes
    FROM (
        SELECT subject, postcode FROM lived WHERE subject IN (SELECT subject FROM candidate)
        UNION SELECT subject, postcode FROM lived_with
    )
    WHERE postcode NOT IN (SELECT postcode FROM crowded)
    GROUP BY subject
),
-- What happened to her children on which day: taken into care, put on a plan, brought to court. Of
-- sisters and brothers much of it is done on one day. A day that stands for very many is none.
happened AS (
    SELECT hers.subject, 'care' || "DECOM" AS event
    FROM hers
    JOIN return_id ON return_id.person_id = hers.child_record
    JOIN extract.episodes ON episodes."CHILD" = return_id.child_903
    WHERE "RNE" = 'S'
    UNION
    SELECT hers.subject, 'care' || coalesce(clae_entered_care_date, clae_cla_episode_start_date)
    FROM hers JOIN extract.cla_episode ON clae_person_id = hers.child_record
    WHERE clae_entered_care_date IS NOT NULL OR clae_cla_episode_start_reason = 'S'
    UNION
    SELECT hers.subject, 'plan' || cppl_cp_plan_start_date
    FROM hers JOIN extract.cp_plan ON cppl_person_id = hers.child_record
    UNION
    SELECT hers.subject, 'court' || proc_application_date
    FROM hers JOIN extract.proceedings ON proc_child_person_id = hers.child_record
),
known_day AS (
    SELECT event
    FROM happened, total
    WHERE event IS NOT NULL
    GROUP BY event
    HAVING count(DISTINCT subject) <= greatest(12, any_value(people) / 200)
),
event AS (
    SELECT subject, list(DISTINCT event) AS events
    FROM happened JOIN known_day USING (event)
    GROUP BY subject
),
heard_together AS (
    SELECT subject, list(DISTINCT proc_id) AS proceedings
    FROM hers JOIN extract.proceedings ON proc_child_person_id = hers.child_record
    WHERE proc_id IN (
        SELECT proc_id FROM extract.proceedings
        GROUP BY proc_id HAVING count(DISTINCT proc_child_person_id) <= 12
    )
    GROUP BY subject
),
parent AS (
    SELECT child.subject, list(DISTINCT mother.subject) AS parents
    FROM extract.mother
    JOIN record AS mother ON mother.person_id = moth_person_id
    JOIN record AS child ON child.person_id = moth_childs_person_id
    WHERE child.subject IN (SELECT subject FROM candidate)
    GROUP BY child.subject
),
number AS (
    SELECT subject, list(DISTINCT value) AS nhs FROM certain WHERE kind = 'nhs' GROUP BY subject
)
SELECT
    candidate.row_number AS unique_id,
    candidate.subject,
    candidate.is_mother,
    candidate.forename,
    coalesce(meant.forename, candidate.forename) AS meant,
    candidate.middle,
    candidate.whole,
    candidate.surname,
    coalesce(candidate.forename IN (SELECT name FROM name_family), false) AS known_forename,
    forename_borne.bearers AS bearers_forename,
    surname_borne.bearers AS bearers_surname,
    heard_forename.sound AS sound_forename,
    heard_surname.sound AS sound_surname,
    -- its first letter and its consonants
    heard_forename.sound[1] || regexp_replace(heard_forename.sound[2:], '[aeiou]', '', 'g')
        AS frame_forename,
    heard_surname.sound[1] || regexp_replace(heard_surname.sound[2:], '[aeiou]', '', 'g')
        AS frame_surname,
    forenames_of.forenames,
    forenames_of.called,
    forenames_of.families,
    forenames_of.called_families,
    surnames_of.names AS surnames,
    surnames_of.families AS surname_families,
    stem.stem AS stem_surname,
    kin.kin,
    candidate.dob,
    strftime(candidate.dob, '%Y%m%d') AS digits,
    candidate.ethnicity,
    home.homes,
    near_home.near_homes,
    number.nhs,
    born.children,
    born.child_names,
    child_slip.child_slips,
    born.born,
    born.barred,
    event.events,
    heard_together.proceedings,
    parent.parents
FROM candidate
LEFT JOIN forenames_of USING (row_number)
LEFT JOIN surnames_of USING (row_number)
LEFT JOIN meant ON meant.name = candidate.forename
LEFT JOIN forename_borne ON forename_borne.name = candidate.forename
LEFT JOIN surname_borne ON surname_borne.name = candidate.surname
LEFT JOIN heard AS heard_forename ON heard_forename.name = candidate.forename
LEFT JOIN heard AS heard_surname ON heard_surname.name = candidate.surname
LEFT JOIN stem ON stem.name = candidate.surname
LEFT JOIN kin USING (subject)
LEFT JOIN born USING (subject)
LEFT JOIN child_slip USING (subject)
LEFT JOIN home USING (subject)
LEFT JOIN near_home USING (subject)
LEFT JOIN number USING (subject)
LEFT JOIN event USING (subject)
LEFT JOIN heard_together USING (subject)
LEFT JOIN parent USING (subject)
