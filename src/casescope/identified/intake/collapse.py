"""Exact duplicates: the same row twice is one row, and how often it stood there is kept."""

from collections.abc import Collection

import duckdb

from casescope.identified.intake.tables import TABLES, ExtractTable


def collapse(connection: duckdb.DuckDBPyConnection, filled: Collection[str]) -> None:
    """Collapse equal rows of each `filled` table; a yearly return keeps its own of every row.

    Most tables hold none, so rows are first compared by a hash, and only those whose hash is not
    the only one of its kind are compared whole.
    """
    for table in TABLES:
        if table.name in filled and _may_hold_copies(connection, table):
            _collapse(connection, table)


def _same(table: ExtractTable) -> str:
    """Return the columns in which two rows must agree to be one."""
    columns = [f'"{column.name}"' for column in table.columns]
    return ", ".join([*columns, "_file"] if table.returns else columns)


def _may_hold_copies(connection: duckdb.DuckDBPyConnection, table: ExtractTable) -> bool:
    row = connection.execute(
        f"SELECT count(*) > count(DISTINCT hash({_same(table)})) FROM {table.name}"
    ).fetchone()
    return bool(row and row[0])


def _collapse(connection: duckdb.DuckDBPyConnection, table: ExtractTable) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    same = f"hash({_same(table)})"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE copied AS SELECT {same} AS copy FROM {table.name} "
        "GROUP BY copy HAVING count(*) > 1"
    )
    file = "_file" if table.returns else "min(_file) AS _file"
    # of rows that stand in several files, file and row are those of the first
    row = "min(_row)" if table.returns else "arg_min(_row, (_file, _row))"
    connection.execute(
        f"CREATE OR REPLACE TABLE {table.name} AS "
        f"SELECT * FROM {table.name} WHERE {same} NOT IN (SELECT copy FROM temp.copied) "
        f"UNION ALL SELECT {columns}, {file}, {row} AS _row, sum(_copies)::BIGINT AS _copies "
        f"FROM {table.name} WHERE {same} IN (SELECT copy FROM temp.copied) "
        f"GROUP BY {_same(table)}"
    )
    connection.execute("DROP TABLE temp.copied")
