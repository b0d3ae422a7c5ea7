-- What assessments of a woman's children recorded about a parent: one row for each factor, 'yes'
-- or 'no'. Factors come as an array of codes (a code there means yes; 21 alone means none of
-- them) or as an object of code and answer; nulls inside are passed over. An id that the case
-- system does not know is the 903's: a CIN census in XML has the authority's own (ADR 14).
WITH assessed AS (
    SELECT
        known_as.subject AS child_id,
        cina_assessment_start_date AS assessed_on,
        TRY_CAST(cinf_assessment_factors_json AS JSON) AS factors
    FROM extract.assessment
    JOIN extract.assessment_factor ON cinf_assessment_id = cina_assessment_id
    JOIN people.known_as
      ON known_as.source_id = cina_person_id
     AND known_as.source = CASE
         WHEN cina_person_id IN (SELECT person_id FROM people.record) THEN 'person' ELSE '903'
     END
    WHERE cina_assessment_start_date <= $reference_date
),
listed AS (
    SELECT child_id, assessed_on, factors,
           upper(trim(unnest(CAST(factors AS VARCHAR[])))) AS code, 'yes' AS state
    FROM assessed WHERE json_type(factors) = 'ARRAY'
),
-- Keys and values are taken as they are, because a path made of a key would fail on odd keys.
answered AS (
    SELECT child_id, assessed_on, upper(trim(key)) AS code,
           CASE WHEN lower(trim(json_extract_string(value, '$'))) IN ('yes', 'y', 'true', '1')
                THEN 'yes'
                WHEN lower(trim(json_extract_string(value, '$'))) IN ('no', 'n', 'false', '0')
                THEN 'no' END AS state
    FROM (SELECT * FROM assessed WHERE json_type(factors) = 'OBJECT') AS keyed,
         json_each(keyed.factors)
)
SELECT child_id, assessed_on, code, state FROM listed WHERE code IS NOT NULL AND code <> $no_factors
UNION ALL
SELECT child_id, assessed_on, code, state FROM answered WHERE state IS NOT NULL AND code <> $no_factors
UNION ALL
SELECT child_id, assessed_on, unnest($factor_codes), 'no' FROM listed
WHERE code = $no_factors
  AND len(list_filter(CAST(factors AS VARCHAR[]), f -> upper(trim(f)) <> $no_factors)) = 0
UNION ALL
SELECT child_id, assessed_on, unnest($factor_codes), 'no' FROM answered
WHERE code = $no_factors AND state = 'yes'
