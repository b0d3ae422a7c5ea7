-- What the case system calls legal statuses, read as the codes of the 903 return; nothing for one
-- that is none of them (special guardianship, supervision, an order applied for or discharged).
-- Sources: the DfE's code list in full, and the shorter words of systems seen with it. Who is held
-- under the Police and Criminal Evidence Act is not under police protection, so it is asked first.
SELECT
    lega_legal_status AS words,
    CASE
        WHEN regexp_matches(upper(lega_legal_status), '^(C1|C2|D1|E1|V2|V3|V4|L1|L2|L3|J1|J2|J3)([^A-Z0-9]|$)')
            THEN upper(left(lega_legal_status, 2))
        WHEN regexp_matches(lower(lega_legal_status), 'discharg|revoked|refused|withdrawn|applied for|application')
            THEN NULL
        WHEN regexp_matches(upper(lega_legal_status), '(^|[^A-Z])ICO([^A-Z]|$)') THEN 'C1'
        WHEN regexp_matches(upper(lega_legal_status), '(^|[^A-Z])FCO([^A-Z]|$)') THEN 'C2'
        WHEN regexp_matches(upper(lega_legal_status), '(^|[^A-Z])EPO([^A-Z]|$)') THEN 'L2'
        WHEN regexp_matches(upper(lega_legal_status), '(^|[^A-Z])PACE([^A-Z]|$)|CRIMINAL EVIDENCE|POLICE (CELL|CUSTODY|DETENTION|STATION)|DETAINED BY THE POLICE')
            THEN 'J2'
        WHEN lega_legal_status ILIKE '%interim care%' THEN 'C1'
        WHEN lega_legal_status ILIKE '%placement order%' THEN 'E1'
        WHEN lega_legal_status ILIKE '%freeing%' THEN 'D1'
        WHEN lega_legal_status ILIKE '%police%' THEN 'L1'
        WHEN lega_legal_status ILIKE '%emergency protection%' THEN 'L2'
        WHEN lega_legal_status ILIKE '%child assessment order%' THEN 'L3'
        WHEN lega_legal_status ILIKE '%care order%' THEN 'C2'
        WHEN regexp_matches(lower(lega_legal_status), 'short.*break|respite|series of')
            THEN CASE WHEN lega_legal_status ILIKE '%agreement%' THEN 'V4' ELSE 'V3' END
        WHEN regexp_matches(lower(lega_legal_status), '(^|[^a-z])s(ect?|ection)?[. ]*20([^0-9]|$)|single period of accommodation|voluntar|^accommodat(ed|ion)$')
            THEN 'V2'
        WHEN lega_legal_status ILIKE '%remand%' THEN 'J1'
        WHEN lega_legal_status ILIKE '%youth rehabilitation%' THEN 'J3'
    END AS ls
FROM (SELECT DISTINCT lega_legal_status FROM extract.legal_status)
