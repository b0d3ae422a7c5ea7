-- person alias: other names of everybody who has a mother or is one, from the live tables (no
-- data-mart twin was found). Mosaic is the only one of the three systems with an alias table.
-- Left out of the stock extract's filters:
--   NAME_TYPE_ID = 'DISPLAY', turned round: stock takes the shown name only, here all others,
--   for a mother's maiden name is what joins her records.
-- FIRST_NAMES and LAST_NAME are named in a comment of the stock files only: check them.
-- Other type codes, and an end date: not found. alias_end_date is left NULL.
SELECT
    n.PERSON_ID AS alias_person_id,
    n.FIRST_NAMES AS alias_forename,
    n.LAST_NAME AS alias_surname,
    n.NAME_TYPE_ID AS alias_kind,
    CAST(n.START_DATE AS DATE) AS alias_start_date,
    CAST(NULL AS DATE) AS alias_end_date
FROM moLive.dbo.MO_PERSON_NAMES AS n
WHERE n.NAME_TYPE_ID <> 'DISPLAY'
  AND n.PERSON_ID IN (
      SELECT r.PERSON_ID
      FROM moLive.dbo.MO_PERSON_RELATIONSHIPS AS r
      INNER JOIN moLive.dbo.MO_RELATIONSHIP_TYPES AS t
          ON t.RELATIONSHIP_TYPE_ID = r.RELATIONSHIP_TYPE_ID
      WHERE t.RELATIONSHIP_CODE = 'MOTHER'
      UNION
      SELECT r.PERSON_RELATED_TO_ID
      FROM moLive.dbo.MO_PERSON_RELATIONSHIPS AS r
      INNER JOIN moLive.dbo.MO_RELATIONSHIP_TYPES AS t
          ON t.RELATIONSHIP_TYPE_ID = r.RELATIONSHIP_TYPE_ID
      WHERE t.RELATIONSHIP_CODE = 'MOTHER'
  )
