-- Facts about the extract that any reader of the dataset needs; none is about a person.
WITH fact AS (
    SELECT 'reference_date' AS name, CAST($reference_date::DATE AS VARCHAR) AS value
    UNION ALL SELECT 'extract_first_date', CAST(first_on AS VARCHAR) FROM cohort.observed
    UNION ALL SELECT 'extract_last_date', CAST(last_on AS VARCHAR) FROM cohort.observed
    UNION ALL
    SELECT 'observation_start', CAST(observation_start AS VARCHAR) FROM cohort.observed
    UNION ALL
    SELECT 'observation_start_basis',
           CASE WHEN $observation_start::DATE IS NULL THEN 'extract' ELSE 'study' END
    UNION ALL
    SELECT 'wide_inputs',
           CASE WHEN (SELECT count(*) FROM extract.proceedings)
                   + (SELECT count(*) FROM extract.permanence)
                   + (SELECT count(*) FROM extract.legal_status) > 0
                THEN 'present' ELSE 'absent' END
    UNION ALL
    SELECT 'mothers_input',
           CASE WHEN (SELECT count(*) FROM extract.mother) > 0 THEN 'present' ELSE 'absent' END
    UNION ALL
    SELECT 'issue_inputs',
           CASE WHEN (SELECT count(*) FROM extract.assessment_factor) > 0
                THEN 'present' ELSE 'absent' END
)
SELECT * FROM fact
