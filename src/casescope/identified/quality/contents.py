"""What each file held: rows read and used, first and last date, problems, gaps by column."""

import duckdb

from casescope.identified.intake.tables import DATE, TABLES, ExtractTable

_FIRST_ROWS = 5
"""How many rows of a kind of problem are named by number, for somebody to look at."""


def describe(connection: duckdb.DuckDBPyConnection) -> None:
    """Write table_quality, column_quality and problem_count; needs the table withheld_id."""
    connection.execute(
        "CREATE TABLE table_quality (table_name VARCHAR, file VARCHAR, rows_read BIGINT, "
        "rows_used BIGINT, first_date DATE, last_date DATE)"
    )
    connection.execute(
        "CREATE TABLE column_quality (table_name VARCHAR, file VARCHAR, column_name VARCHAR, "
        "rows BIGINT, missing BIGINT)"
    )
    given = connection.execute("SELECT DISTINCT table_name FROM extract.source_file").fetchall()
    for table in TABLES:
        if (table.name,) in given:
            _describe(connection, table)
    connection.execute(
        "CREATE TABLE problem_count AS SELECT table_name, file, column_name, kind, set_aside, "
        f"count(*) AS rows, list(row ORDER BY row)[:{_FIRST_ROWS}] AS first_rows "
        "FROM extract.problem WHERE subject IS NULL OR NOT "
        f"{_problem_of_withheld()} GROUP BY ALL"
    )


def _problem_of_withheld() -> str:
    """Return SQL that is true of a problem row about somebody who is withheld."""
    returns = ", ".join(f"'{table.name}'" for table in TABLES if table.returns)
    return (
        "EXISTS (SELECT 1 FROM withheld_id WHERE id = problem.subject AND source = "
        f"CASE WHEN problem.table_name IN ({returns}) THEN '903' ELSE 'person' END)"
    )


def _describe(connection: duckdb.DuckDBPyConnection, table: ExtractTable) -> None:
    """Add one table's rows, dates and gaps, file by file, leaving withheld people out."""
    shown = _not_withheld(table)
    kept = f"(SELECT * FROM extract.{table.name} WHERE {shown})"
    withheld = (
        f"coalesce((SELECT sum(_copies) FROM extract.{table.name} "
        f"WHERE _file = file AND NOT ({shown})), 0) - (SELECT count(DISTINCT row) "
        "FROM extract.problem WHERE problem.file = source_file.file AND problem.set_aside "
        f"AND {_problem_of_withheld()})"
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
    source = "903" if table.returns else "person"
    withheld = f"(SELECT id FROM withheld_id WHERE source = '{source}')"
    if table.name == "assessment_factor":
        return (
            "cinf_assessment_id NOT IN (SELECT cina_assessment_id FROM extract.assessment "
            f"WHERE cina_person_id IN {withheld})"
        )
    people = {
        "mother": ("moth_person_id", "moth_childs_person_id"),
        "assessment": ("cina_person_id",),
        "proceedings": ("proc_child_person_id", "proc_mother_person_id"),
        "placement": ("clap_person_id",),
    }.get(table.name, (table.columns[0].name,))
    return " AND ".join(
        f'("{column}" IS NULL OR "{column}" NOT IN {withheld})' for column in people
    )
