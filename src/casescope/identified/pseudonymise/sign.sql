-- Signs that the extract was cut short: counts and names of tables, nobody in particular.
SELECT
    sign AS name,
    seen,
    CAST(records AS INTEGER) AS records,
    CAST(of AS INTEGER) AS out_of,
    detail
FROM quality.sign
