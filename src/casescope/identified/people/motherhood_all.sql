-- One birth mother for each child: where two women are recorded, the earlier relationship, then
-- the lower row id. Under each linkage the woman is whom the mother's record belongs to.
-- Restricted women still stand here; nothing after this step reads this table.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY child_id
            ORDER BY
                coalesce(moth_start_date, DATE '9999-12-31'),
                TRY_CAST(moth_table_id AS BIGINT) NULLS LAST,
                moth_table_id NULLS LAST,
                moth_person_id
        ) AS place
    FROM maternal_link
),
told AS (
    SELECT
        same_woman.linkage,
        same_woman.woman_id,
        ranked.* EXCLUDE (woman_id),
        first_value(same_woman.woman_id) OVER (
            PARTITION BY same_woman.linkage, child_id ORDER BY place
        ) AS chosen
    FROM ranked JOIN same_woman ON same_woman.subject = ranked.woman_id
)
SELECT
    linkage,
    chosen AS woman_id,
    child_id,
    bool_and(doubtful) FILTER (woman_id = chosen) AS doubtful,
    min(moth_childs_dob) FILTER (woman_id = chosen) AS childs_dob,
    count(DISTINCT woman_id) > 1 AS two_mothers
FROM told
GROUP BY linkage, chosen, child_id
