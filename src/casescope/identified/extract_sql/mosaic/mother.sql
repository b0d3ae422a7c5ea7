-- mother: who is recorded as whose mother, ended relations too.
-- Left out of the stock extract's filters: none in the data-mart, whose mother file has no end
-- filter. In council warehouses stock asks for r.RelTo IS NULL, which drops every ended relation:
-- do not add that.
-- IS_MOTHER rests on the council's own mapping of relation types: check it on known families.
-- [H] personal_relationship_id, personal_rel_type_id and dm_personal_rel_types.description were
-- seen in one council's public code only. The description tells step and foster apart; none for
-- adoptive was seen, and none says birth. So all others are 'unknown', and the study marks those
-- links as doubtful. Without these columns: drop the join, leave moth_table_id NULL, and write
-- 'unknown' for all.
-- A child's DATE_OF_BIRTH in the future is a due date and is left out here.
SELECT
    r.PERSON_ID AS moth_person_id,
    r.OTHER_PERSON_ID AS moth_childs_person_id,
    CASE WHEN c.DATE_OF_BIRTH > GETDATE() THEN NULL ELSE CAST(c.DATE_OF_BIRTH AS DATE) END
        AS moth_childs_dob,
    r.personal_relationship_id AS moth_table_id,
    CASE
        WHEN LOWER(t.description) LIKE '%step%' THEN 'step'
        WHEN LOWER(t.description) LIKE '%foster%' THEN 'foster'
        ELSE 'unknown'
    END AS moth_relationship,
    CAST(r.START_DATE AS DATE) AS moth_start_date,
    CAST(r.END_DATE AS DATE) AS moth_end_date
FROM DM_PERSONAL_RELATIONSHIPS AS r
LEFT JOIN dm_personal_rel_types AS t
    ON t.personal_rel_type_id = r.personal_rel_type_id
LEFT JOIN dm_persons AS c
    ON c.PERSON_ID = r.OTHER_PERSON_ID
WHERE r.IS_MOTHER = 'Y'
