-- Whether most proceedings bear the name of another authority: a tracker holds its own council's,
-- so the study knows that council under another name.
SELECT
    'proceedings_of_others' AS sign,
    count(*) FILTER (elsewhere) >= 5 AND count(*) FILTER (elsewhere) > 0.5 * count(*) AS seen,
    count(*) FILTER (elsewhere) AS records,
    count(*) AS of,
    NULL::VARCHAR AS detail,
    NULL::DATE AS since
FROM removals.proceeding
JOIN people.child USING (child_id)
