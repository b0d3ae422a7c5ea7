-- Every episode of every child with its codes and the number of its period of care: a view, so that
-- millions of rows bear one number each and not four texts. No episode with a number is in `filled`.
SELECT
    care_dates.child_id,
    care_dates.decom,
    care_dates.dec,
    CASE
        WHEN care_dates.code IS NULL THEN filled.rec
        WHEN care_dates.dec IS NOT NULL THEN codes.rec
    END AS rec,
    CASE WHEN care_dates.code IS NULL THEN filled.ls ELSE codes.ls END AS ls,
    CASE WHEN care_dates.code IS NULL THEN filled.place ELSE codes.place END AS place,
    CASE WHEN care_dates.code IS NULL THEN filled.cin ELSE codes.cin END AS cin,
    care_dates.period
FROM care_dates
LEFT JOIN codes USING (code)
LEFT JOIN filled USING (child_id, decom)
