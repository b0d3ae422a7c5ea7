-- assessment factors: one row for each factor of an assessment.
-- Left out of the stock extract's filters: the orchestrator's dates.
-- The id is the workflow step. If FACTOR_VALUE holds a description and not the code (1B, 2B, …),
-- it needs a list from yours to the codes; the stock base file needs one too.
SELECT
    f.ASSESSMENT_ID AS cinf_assessment_id,
    CONCAT('["', f.FACTOR_VALUE, '"]') AS cinf_assessment_factors_json
FROM dm_cin_assess_factors AS f
WHERE f.FACTOR_VALUE IS NOT NULL
