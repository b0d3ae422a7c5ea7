-- assessment factors: one row for each factor about a parent.
-- Left out of the stock extract's filters:
--   "any answer that is not empty counts": an answer of no is no factor.
-- Factors of the child and of others in the household are not needed and not asked for.
-- The controls' names beyond the first are written short in the facts we have: check them.
SELECT
    f.INSTANCEID AS cinf_assessment_id,
    CASE f.CONTROLNAME
        WHEN 'CINCensus_alcoholParent' THEN '["1B"]'
        WHEN 'CINCensus_drugParent' THEN '["2B"]'
        WHEN 'CINCensus_domesticParent' THEN '["3B"]'
        WHEN 'CINCensus_mentalHealthParent' THEN '["4B"]'
        WHEN 'CINCensus_learnDisParent' THEN '["5B"]'
        WHEN 'CINCensus_physDisParent' THEN '["6B"]'
    END AS cinf_assessment_factors_json
FROM FORMANSWERPERSONVIEW AS f
WHERE f.INSTANCESTATE = 'COMPLETE'
  AND f.DESIGNSUBNAME IN ('Single assessment', 'Reassessment')
  AND f.CONTROLNAME IN (
      'CINCensus_alcoholParent', 'CINCensus_drugParent', 'CINCensus_domesticParent',
      'CINCensus_mentalHealthParent', 'CINCensus_learnDisParent', 'CINCensus_physDisParent'
  )
  AND f.ANSWERVALUE IS NOT NULL
  AND LOWER(f.ANSWERVALUE) NOT IN ('', 'no', 'n', 'false', '0')
