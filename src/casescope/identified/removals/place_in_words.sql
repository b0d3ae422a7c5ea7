-- What the case system calls placements, read as the codes of the 903 return; as written where no
-- code is plain. Sources: the DfE's code list in full, and shorter words. A foster home that takes
-- mother and baby is a foster home: what R3 means is a unit.
WITH said AS (
    SELECT DISTINCT clap_cla_placement_type AS words FROM extract.placement
)
SELECT
    words,
    CASE
        WHEN regexp_matches(words, '^[A-Z][0-9]{1,2}([^A-Z0-9]|$)')
            THEN regexp_extract(words, '^[A-Z][0-9]{1,2}')
        WHEN regexp_matches(words, 'PLACED FOR ADOPTION|ADOPTIVE')
            THEN CASE WHEN words LIKE '%PLACEMENT ORDER%' THEN 'A5' ELSE 'A3' END
        WHEN regexp_matches(words, 'FOSTER|KINSHIP|CONNECTED (PERSON|CARER)')
            THEN CASE WHEN regexp_matches(words, 'RELATIVE|FRIEND|KINSHIP|CONNECTED') THEN 'U3'
                      ELSE 'U6' END
        WHEN regexp_matches(words, 'FAMILY (ASSESSMENT )?(CENTRE|UNIT)|(MOTHER|PARENT) ?(AND|&|/) ?(BABY|CHILD)')
            THEN 'R3'
        WHEN regexp_matches(words, 'OWN PARENT|WITH (BIRTH |HIS |HER |THEIR )?(PARENT|MOTHER|FATHER)|PERSON.* WITH PARENTAL RESP')
            THEN 'P1'
        WHEN regexp_matches(words, 'SECURE') THEN 'K1'
        WHEN regexp_matches(words, 'CHILDREN.?S.? HOME') THEN 'K2'
        WHEN regexp_matches(words, 'SEMI.INDEPENDENT|SUPPORTED (ACCOMMODATION|LODGING)') THEN 'K3'
        WHEN regexp_matches(words, 'RESIDENTIAL SCHOOL') THEN 'S1'
        ELSE words
    END AS place
FROM said
