"""The shared dataset opened in memory: its three tables, and nothing else within reach of SQL.

Nothing is written to disk. Once the tables stand, external access goes off and the configuration
is locked, so that no statement can read a file, reach the network or load an extension; inside
`read_only` none can change or make a table that lasts, and by `selected` nothing but a SELECT runs.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from casescope.dataset.schema import ddl
from casescope.dataset.sharing.schema import SHARED_TABLES
from casescope.dataset.table import Table
from casescope.kernel.errors import InputRefused

ENDING = ".parquet"

_TEXT = {pa.string(), pa.large_string(), pa.string_view()}
_ARROW = {"VARCHAR": _TEXT, "BOOLEAN": {pa.bool_()}}

_CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # from the beginning: else a large dataset is spilt, in plain, into the working directory
    "temp_directory": "",
}
_SHUT = (
    "SET python_enable_replacements = false",
    "SET allow_community_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def open_in_memory(files: Mapping[str, bytes]) -> duckdb.DuckDBPyConnection:
    """Return a connection that holds the shared tables of these Parquet files, and is shut.

    Files are named for their tables (`shared_woman` or `shared_woman.parquet`). Refuses what is
    not the shared dataset: a table that is missing or not known, a column, type or value that its
    schema does not allow, a row twice, an issue of nobody.
    """
    found = {name.removesuffix(ENDING): content for name, content in files.items()}
    _check_names(found)
    connection = duckdb.connect(config=dict(_CONFIG))
    try:
        for table in SHARED_TABLES:
            _filled(connection, table, _read(found[table.name], table))
        _check_women(connection)
        for statement in _SHUT:
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def read_only(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the connection in a transaction in which nothing can be made or changed."""
    connection.execute("BEGIN TRANSACTION READ ONLY")
    try:
        yield connection
    finally:
        connection.execute("ROLLBACK")


def selected(connection: duckdb.DuckDBPyConnection, statement: str) -> list[tuple[Any, ...]]:
    """Return the rows of one SELECT, run read-only; refuse any other statement.

    A read-only transaction alone would let a temporary table stand before a shared one.
    """
    kinds = [one.type for one in connection.extract_statements(statement)]
    if kinds != [duckdb.StatementType.SELECT]:
        raise InputRefused("Only one SELECT can be run on the shared dataset.")
    with read_only(connection):
        return connection.execute(statement).fetchall()


def _check_names(found: Mapping[str, bytes]) -> None:
    known = {table.name for table in SHARED_TABLES}
    for what, names in (("lacks", known - set(found)), ("also has", set(found) - known)):
        if names:
            raise InputRefused(
                f"The shared dataset {what} the table {', '.join(sorted(names))}.",
                "Ask the authority for the package again.",
            )


def _read(content: bytes, table: Table) -> pa.Table:
    try:
        found = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError):
        raise _refusal(table, "cannot be read as a Parquet file") from None
    wanted = [column.name for column in table.columns]
    if found.column_names != wanted:
        raise _refusal(table, f"has other columns than {', '.join(wanted)}")
    for column in table.columns:
        if _plain(found.schema.field(column.name).type) not in _ARROW[column.type]:
            raise _refusal(table, f"has a column {column.name} of another type")
    return found


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _filled(connection: duckdb.DuckDBPyConnection, table: Table, found: pa.Table) -> None:
    """Create the table and put its rows into it; every rule of its columns is checked."""
    connection.execute(ddl(table))
    connection.register("arrived", found)
    try:
        connection.execute(f"INSERT INTO {table.name} SELECT * FROM arrived")
    except duckdb.ConstraintException:
        # DuckDB's own message quotes the row
        raise _refusal(
            table, "has a row twice, an empty cell or a value outside the frame"
        ) from None
    finally:
        connection.unregister("arrived")


def _check_women(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "SELECT count(*) FROM shared_issue WHERE woman NOT IN (SELECT woman FROM shared_woman)"
    ).fetchone()
    if found and found[0]:
        raise InputRefused(
            "The table shared_issue tells of a woman who is not in shared_woman.",
            "Ask the authority for the package again.",
        )


def _refusal(table: Table, why: str) -> InputRefused:
    return InputRefused(
        f"The table {table.name} {why}.", "Ask the authority for the package again."
    )
