-- Episodes that the 903 returns do not tell, or not to their end, from the case system: all those
-- of a child whom no return knows; of any other, those from the time that the returns do not cover.
-- Inside that time the returns stand. Starts at most $same_start_days apart are the same start, so
-- that two systems that differ by days never make a second removal.
WITH returned AS (
    SELECT *
    FROM episode
    WHERE child_id IN (SELECT child_id FROM episode_in_case_system)
),
first_returned AS (
    SELECT child_id, min(decom) AS first_on FROM returned GROUP BY child_id
),
told AS (
    SELECT
        described.*,
        coalesce(described.dec, DATE '9999-12-31') > covered.reaches_on AS runs_on,
        first_returned.first_on,
        covered.starts_on,
        covered.reaches_on
    FROM episode_in_case_system AS described
    LEFT JOIN first_returned USING (child_id)
    CROSS JOIN covered
),
-- Care that the returns have as still open is continued as the case system goes on with it.
continued AS (
    SELECT
        returned.child_id,
        returned.decom,
        returned.code,
        arg_min(coalesce(told.dec, DATE '9999-12-31'), told.decom) AS ended_on,
        arg_min(coalesce(told.rec, ''), told.decom) AS rec
    FROM returned
    JOIN told USING (child_id)
    WHERE returned.dec IS NULL
      AND told.runs_on AND told.decom <= told.reaches_on + $same_start_days
    GROUP BY returned.child_id, returned.decom, returned.code
)
-- What ended before the first returned episode began is another one, however short; where the next
-- began that day, by the case system a few days before the return has it, care went on.
SELECT
    child_id,
    decom,
    CASE
        WHEN dec < first_on AND dec >= first_on - $same_start_days
            AND (child_id, dec) IN (
                SELECT child_id, decom FROM told WHERE dec > first_on OR dec IS NULL
            ) THEN first_on
        ELSE dec
    END AS dec,
    rec,
    ls,
    place,
    cin
FROM told
WHERE first_on IS NULL
   OR (dec < starts_on AND (
       dec <= first_on
       OR (decom < first_on - $same_start_days AND dec <= first_on + $same_start_days)
   ))
   OR decom > reaches_on
   OR (runs_on AND NOT EXISTS (
       SELECT 1 FROM returned
       WHERE returned.child_id = told.child_id
         AND coalesce(returned.dec, DATE '9999-12-31') >= told.decom - $same_start_days
   ))
UNION ALL
SELECT
    continued.child_id,
    continued.decom,
    continued.ended_on,
    nullif(continued.rec, ''),
    codes.ls,
    codes.place,
    codes.cin
FROM continued
JOIN codes USING (code)
WHERE continued.ended_on < DATE '9999-12-31'
