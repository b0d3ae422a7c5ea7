-- Tables that were given but hold nothing: no row that could be used, or no date where every row
-- should have one (a placeholder of the stock extract). Relationships have a sign of their own.
WITH given AS (
    SELECT table_name, sum(rows_used) AS rows FROM table_quality GROUP BY table_name
),
gap AS (
    SELECT table_name, column_name, sum(missing) AS missing, sum(rows) AS rows
    FROM column_quality GROUP BY table_name, column_name
),
nothing AS (
    SELECT table_name FROM given WHERE rows = 0
    UNION
    SELECT table_name
    FROM gap
    WHERE rows > 0 AND missing = rows
      AND column_name IN ('prep_pre_pro_decision_date', 'clap_cla_placement_start_date',
                          'cinf_assessment_factors_json', 'perm_permanence_order_date',
                          'cina_assessment_start_date', 'cppl_cp_plan_start_date')
)
SELECT
    'table_empty' AS sign,
    count(*) > 0 AS seen,
    count(*) AS records,
    (SELECT count(*) FROM given) AS of,
    string_agg(table_name, ', ' ORDER BY table_name) AS detail,
    NULL::DATE AS since
FROM nothing
WHERE table_name <> 'mother'
