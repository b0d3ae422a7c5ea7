-- One birth mother for each child: where two women are recorded, the earlier relationship, then
-- the lower row id. Restricted women still stand here; nothing after this step reads this table.
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
chosen AS (
    SELECT woman_id, child_id FROM ranked WHERE place = 1
)
SELECT
    woman_id,
    child_id,
    bool_and(doubtful) AS doubtful,
    min(moth_childs_dob) AS childs_dob,
    (SELECT count(DISTINCT other.woman_id) FROM maternal_link AS other
     WHERE other.child_id = chosen.child_id) > 1 AS two_mothers
FROM chosen JOIN maternal_link USING (woman_id, child_id)
GROUP BY woman_id, child_id
