"""Reading the tables of a reporting database by name: PostgreSQL and SQL Server.

Everything is read in one read-only transaction on one snapshot, row by row as the server sends
them, and no statement other than SELECT is sent. The address is never shown: it may hold a
password.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from casescope.identified.intake.database_names import known_names, lacked
from casescope.identified.intake.database_refusals import (
    no_schema,
    no_tables,
    not_an_address,
    refusing,
)
from casescope.identified.intake.sheet import LeftOut

if TYPE_CHECKING:
    from sqlalchemy import URL, ColumnElement, Connection, Engine, TableClause

_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "mssql": "mssql+pymssql",
    "sqlserver": "mssql+pymssql",
    "mssql+pymssql": "mssql+pymssql",
}
_CONNECT: dict[str, dict[str, Any]] = {
    "postgresql": {"connect_timeout": 10, "application_name": "casescope"},
    "mssql": {"login_timeout": 10, "appname": "casescope", "read_only": True},
}
_SNAPSHOT: dict[str, dict[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    "mssql": {"isolation_level": "SNAPSHOT"},
}
_ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Address:
    """Where a database is; `shown` is all that may be printed of it."""

    url: "URL" = field(repr=False)
    schema: str = ""

    @property
    def shown(self) -> str:
        """Return kind, host and database, without user, password or options."""
        where = self.url.host or "local"
        return f"{self.kind}://{where}/{self.url.database or ''}"

    @property
    def kind(self) -> str:
        """Return `postgresql` or `mssql`."""
        return self.url.get_backend_name()


@dataclass(frozen=True)
class Database:
    """A snapshot that is being read: a sheet for each table found, and those that are not there."""

    sheets: tuple["TableSheet", ...]
    missing: tuple[LeftOut, ...]


@dataclass(frozen=True)
class TableSheet:
    """One table or view of a database, as a sheet."""

    connection: "Connection" = field(repr=False)
    name: str
    schema: str
    header: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return how messages name it: the kind of database, schema and table."""
        return f"{self.written_as}/{self.schema}.{self.name}"

    @property
    def written_as(self) -> str:
        """Return the kind of database."""
        return self.connection.dialect.name

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns as text, and `_row`, counted in the order that rows came."""
        columns = [name for name in self.header if name.strip().upper() in wanted]
        names = [*(name.strip().upper() for name in columns), "_row"]
        if not columns:
            return
        row = 1
        with refusing(self.connection.engine.url, self.label, reading=True):
            for rows in self._rows(columns):
                arrays = [
                    pa.array(values if self._is_text else map(text_of, values), pa.string())
                    for values in zip(*rows, strict=True)
                ]
                arrays.append(pa.array(range(row, row + len(rows)), pa.int64()))
                row += len(rows)
                yield pa.RecordBatch.from_arrays(arrays, names=names)

    @property
    def _is_text(self) -> bool:
        """Say whether the server was asked for text, as PostgreSQL is."""
        return self.written_as == "postgresql"

    def _rows(self, columns: Sequence[str]) -> Iterator[Sequence[Sequence[object]]]:
        from sqlalchemy import select

        statement = select(*(_as_sent(self.connection, name) for name in columns)).select_from(
            _named(self.name, self.schema)
        )
        with self.connection.execute(
            statement, execution_options={"stream_results": True, "yield_per": _ROWS_AT_ONCE}
        ) as result:
            yield from result.partitions(_ROWS_AT_ONCE)


def address_of(url: str, *, schema: str = "", ask: Callable[[], str] = str) -> Address:
    """Return a checked address; `ask` is called for the password where the URL has none."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise not_an_address() from None
    driver = _DRIVERS.get(parsed.drivername.lower())
    if driver is None or not (parsed.database or "").strip():
        raise not_an_address()
    if not (parsed.password or parsed.query.keys() & {"password", "passfile"}):
        parsed = parsed.set(password=ask() or None)
    return Address(parsed.set(drivername=driver), schema)


@contextmanager
def reading(address: Address) -> Iterator[Database]:
    """Yield the tables that casescope knows by name, all as they stood at one moment."""
    engine = _engine(address)
    try:
        with refusing(address.url, address.shown):
            connection = engine.connect()
        with connection:
            with refusing(address.url, address.shown):
                _hold_still(connection)
                schema = _schema(connection, address)
                found = _tables(connection, schema)
            sheets = tuple(_sheet(connection, name, schema) for name in found)
            missing = (
                LeftOut(f"{address.kind}/{schema}.{name}", note) for name, note in lacked(found)
            )
            yield Database(sheets, tuple(missing))
    finally:
        engine.dispose()


def _engine(address: Address) -> "Engine":
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    for name in ("sqlalchemy", "psycopg", "pymssql"):  # their messages may hold rows
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with refusing(address.url, address.shown):
        engine = create_engine(
            address.url,
            poolclass=NullPool,
            hide_parameters=True,
            connect_args=_CONNECT[address.kind],
        )
    return engine.execution_options(**_SNAPSHOT[address.kind])


def _hold_still(connection: "Connection") -> None:
    """Begin the one transaction; dates come as ISO whatever the server's own habit."""
    from sqlalchemy import text

    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL datestyle TO 'ISO, YMD'"))


def _schema(connection: "Connection", address: Address) -> str:
    """Return the schema's name as the server spells it."""
    from sqlalchemy import inspect

    looking = inspect(connection)
    wanted = address.schema or looking.default_schema_name or ""
    names = looking.get_schema_names()
    for same in (wanted.__eq__, lambda name: name.lower() == wanted.lower()):
        for name in names:
            if same(name):
                return name
    raise no_schema(wanted)


def _tables(connection: "Connection", schema: str) -> list[str]:
    """Return the tables and views that bear a name casescope knows, as they are spelt."""
    from sqlalchemy import inspect

    looking = inspect(connection)
    there = [*looking.get_table_names(schema), *looking.get_view_names(schema)]
    if connection.dialect.name == "postgresql":
        there += looking.get_materialized_view_names(schema)
    known = {name for names in known_names().values() for name in names}
    found = sorted({name for name in there if name.lower() in known})
    if not found:
        raise no_tables(schema)
    return found


def _sheet(connection: "Connection", name: str, schema: str) -> TableSheet:
    """Read the names of a table's columns, and so learn whether it may be read at all."""
    from sqlalchemy import String, false, literal_column, select

    everything = literal_column("*", String)
    empty = select(everything).select_from(_named(name, schema)).where(false())
    sheet = TableSheet(connection, name, schema, ())
    with refusing(connection.engine.url, sheet.label):
        return replace(sheet, header=tuple(connection.execute(empty).keys()))


def _named(name: str, schema: str) -> "TableClause":
    """Return a table whose name is quoted as the server spells it."""
    from sqlalchemy import table
    from sqlalchemy.sql import quoted_name

    return table(quoted_name(name, quote=True), schema=quoted_name(schema, quote=True))


def _as_sent(connection: "Connection", name: str) -> "ColumnElement[object]":
    """Return a column as it is asked for; PostgreSQL's dates may lie outside what Python holds."""
    from sqlalchemy import Text, cast, column
    from sqlalchemy.sql import quoted_name

    quoted: ColumnElement[object] = column(quoted_name(name, quote=True))
    return cast(quoted, Text) if connection.dialect.name == "postgresql" else quoted


def text_of(value: object) -> str | None:
    """Return a value of any type as the text that a file would hold."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):  # datetimes are dates
        return value.isoformat()
    if isinstance(value, float | Decimal) and value == value // 1:
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value)
