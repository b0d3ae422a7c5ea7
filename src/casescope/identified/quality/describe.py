"""The quality step: rows, problems and gaps by file; signs of truncation; impossible facts.

Rows about people under restriction are left out of every count here.
"""

from collections.abc import Mapping

import duckdb

from casescope.identified.intake.tables import DATE, TABLES, ExtractTable
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    create_tables(connection, __package__, ("impossible", "sign"), facts)
    _withheld_ids(connection)
    connection.execute(
        "CREATE TABLE table_quality (table_name VARCHAR, file VARCHAR, rows_read BIGINT, "
        "rows_used BIGINT, first_date DATE, last_date DATE)"
    )
    connection.execute(
        "CREATE TABLE column_quality (table_name VARCHAR, file VARCHAR, column_name VARCHAR, "
        "rows BIGINT, missing BIGINT)"
    )
    for table in TABLES:
        _describe(connection, table)
    connection.execute(
        "CREATE TABLE problem_count AS SELECT table_name, file, column_name, kind, set_aside, "
        "count(*) AS rows FROM extract.problem WHERE subject IS NULL "
        "OR subject NOT IN (SELECT id FROM withheld_id) GROUP BY ALL"
    )
    connection.execute("DROP TABLE temp.withheld_id")


def _withheld_ids(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TEMP TABLE withheld_id AS "
        "SELECT person_id AS id FROM people.record JOIN people.withheld USING (subject) "
        "UNION ALL "
        "SELECT child_903 FROM people.child_903 JOIN people.withheld USING (subject)"
    )


def _describe(connection: duckdb.DuckDBPyConnection, table: ExtractTable) -> None:
    """Add one table's rows, dates and gaps, file by file, leaving withheld people out."""
    shown = _not_withheld(table)
    kept = f"(SELECT * FROM extract.{table.name} WHERE {shown})"
    withheld = (
        f"coalesce((SELECT sum(_copies) FROM extract.{table.name} "
        f"WHERE _file = file AND NOT ({shown})), 0) - (SELECT count(DISTINCT row) "
        "FROM extract.problem WHERE problem.file = source_file.file AND problem.set_aside "
        "AND subject IN (SELECT id FROM withheld_id))"
    )
    dates = ", ".join(f'"{column.name}"' for column in table.columns if column.kind == DATE)
    first, last = (f"min(least({dates}))", f"max(greatest({dates}))") if dates else ("NULL", "NULL")
    connection.execute(
        f"INSERT INTO table_quality SELECT '{table.name}', file, "
        f"CAST(greatest(rows_read - {withheld}, 0) AS BIGINT), "
        f"coalesce(rows, 0), first_date, last_date FROM extract.source_file "
        f"LEFT JOIN (SELECT _file, count(*) AS rows, {first} AS first_date, {last} AS last_date "
        f"FROM {kept} GROUP BY _file) AS used ON used._file = file "
        f"WHERE table_name = '{table.name}'"
    )
    names = ", ".join(f"'{column.name}'" for column in table.columns)
    gaps = ", ".join(f'count(*) - count("{column.name}")' for column in table.columns)
    connection.execute(
        f"INSERT INTO column_quality SELECT '{table.name}', _file, unnest([{names}]), rows, "
        f"unnest(gaps) FROM (SELECT _file, count(*) AS rows, [{gaps}] AS gaps FROM {kept} "
        f"GROUP BY _file)"
    )


def _not_withheld(table: ExtractTable) -> str:
    """Return SQL that is true of rows about nobody who is withheld."""
    if table.name == "place":
        return "true"
    if table.name == "assessment_factor":
        return (
            "cinf_assessment_id NOT IN (SELECT cina_assessment_id FROM extract.assessment "
            "WHERE cina_person_id IN (SELECT id FROM withheld_id))"
        )
    people = {
        "mother": ("moth_person_id", "moth_childs_person_id"),
        "assessment": ("cina_person_id",),
        "proceedings": ("proc_child_person_id", "proc_mother_person_id"),
        "placement": ("clap_person_id",),
    }.get(table.name, (table.columns[0].name,))
    return " AND ".join(
        f'("{column}" IS NULL OR "{column}" NOT IN (SELECT id FROM withheld_id))'
        for column in people
    )


QUALITY = Step(
    name="quality",
    wing="identified",
    reads=("extract", "people", "removals"),
    uses=(),
    sources=("casescope.identified.quality", "casescope.identified.intake"),
    build=_build,
)
