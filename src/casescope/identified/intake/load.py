"""Loading what a council gives: every sheet recognised, read and typed into one layer, or none."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import duckdb

from casescope.identified.intake.collapse import collapse
from casescope.identified.intake.folders import GivenFile, given_files, links_left_out
from casescope.identified.intake.incoming import Incoming
from casescope.identified.intake.recognise import NotRecognised, recognise
from casescope.identified.intake.sheet import LeftOut, Sheet, check_header
from casescope.identified.intake.sheets.opening import opened
from casescope.identified.intake.sheets.source import FileSource, Gauge
from casescope.identified.intake.tables import DATE, FLAG, TABLES, ExtractTable
from casescope.kernel.counting import counted
from casescope.kernel.errors import InputRefused
from casescope.kernel.progress import Progress, Silent
from casescope.vault.sql import create_tables

_log = logging.getLogger(__name__)

_DUCKDB_TYPE = {DATE: "DATE", FLAG: "BOOLEAN"}
_REASONS = 5
Mapped = Callable[[Sheet], Sheet]
"""What may be done to a sheet before it is recognised: a mapping of names and values."""


@dataclass(frozen=True)
class FileRead:
    """What became of one sheet: the table it was taken for, or why it was left out."""

    label: str
    table: str | None
    rows: int
    note: str


def load(
    connection: duckdb.DuckDBPyConnection,
    folders: Sequence[Path],
    *,
    reference_date: date,
    progress: Progress | None = None,
    mapping: Mapped | None = None,
) -> list[FileRead]:
    """Read every table in these folders into the current database, as `load_sheets` does."""
    files = given_files(folders)
    gauge = Gauge(total=sum(file.path.stat().st_size for file in files))
    return load_sheets(
        connection,
        chain(sheets_of(files, gauge), links_left_out(folders)),
        reference_date=reference_date,
        progress=progress,
        mapping=mapping,
        what=f"reading {counted(len(files), 'file')}",
        share=gauge.share,
    )


def load_sheets(
    connection: duckdb.DuckDBPyConnection,
    sheets: Iterable[Sheet | LeftOut],
    *,
    reference_date: date,
    progress: Progress | None = None,
    mapping: Mapped | None = None,
    what: str = "reading tables",
    share: Callable[[], float | None] = lambda: None,
) -> list[FileRead]:
    """Read these sheets into the current database, one table for each of TABLES.

    Also makes `source_file` (one row a sheet) and `problem` (one row for each value that could not
    be used: table, file, row, column and kind, never the value). Raises InputRefused, leaving the
    caller to drop what was written, when any recognised sheet cannot be read whole, or none is.
    `mapping` is applied to each sheet before it is recognised; `share` says how far reading has
    come, from 0 to 1, where that is known.
    """
    _create(connection)
    incoming = Incoming(connection, reference_date, progress or Silent(), share)
    read = _load_all(incoming, sheets, mapping or (lambda sheet: sheet), what)
    collapse(connection, {file.table for file in read if file.table and file.rows})
    create_tables(connection, __package__, ["named"], {})
    if not read:
        raise InputRefused(
            "There is no file in what was given.", "Name the folder that holds the extract's files."
        )
    if not any(file.table for file in read):
        raise _no_table(read)
    return read


def _no_table(read: Sequence[FileRead]) -> InputRefused:
    """Say of the first few files why they are no table: often one reason holds for all."""
    reasons = [f"{file.label}: {file.note}." for file in read[:_REASONS]]
    more = [f"And {len(read) - _REASONS} more."] if len(read) > _REASONS else []
    return InputRefused(
        "\n  ".join(["None of the files is a table that casescope knows.", *reasons, *more]),
        "Compare their column names with docs/reference/extract.md, or see what "
        "casescope map FOLDER proposes.",
    )


def extract_files(folders: Sequence[Path]) -> list[Path]:
    """Return every file that a load of these folders looks at, in the order it does."""
    return [file.path for file in given_files(folders)]


def sheets_of(files: Iterable[GivenFile], gauge: Gauge | None = None) -> Iterator[Sheet | LeftOut]:
    """Yield the sheets of each file, and what of it is no table; tell the gauge how far it is."""
    gauge = gauge or Gauge()
    for file in files:
        yield from opened(FileSource(file.path, file.label, gauge))
        gauge.passed(file.path)


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    tables = {table.name: _columns(table) for table in TABLES}
    tables["source_file"] = (
        "file VARCHAR, table_name VARCHAR, rows_read BIGINT, set_aside BIGINT, encoding VARCHAR, "
        "separator VARCHAR, extra_columns VARCHAR, note VARCHAR"
    )
    tables["problem"] = (
        "table_name VARCHAR, file VARCHAR, row BIGINT, column_name VARCHAR, kind VARCHAR, "
        "set_aside BOOLEAN, subject VARCHAR"
    )
    connection.execute(
        "; ".join(f"CREATE TABLE {name} ({columns})" for name, columns in tables.items())
    )


def _columns(table: ExtractTable) -> str:
    named = [
        f'"{column.name}" {_DUCKDB_TYPE.get(column.kind, "VARCHAR")}' for column in table.columns
    ]
    return ", ".join([*named, "_file VARCHAR", "_row BIGINT", "_copies BIGINT"])


def _load_all(
    incoming: Incoming, sheets: Iterable[Sheet | LeftOut], mapping: Mapped, what: str
) -> list[FileRead]:
    incoming.progress.start(what)
    read = [
        _left_out(incoming.connection, sheet.label, sheet.note)
        if isinstance(sheet, LeftOut)
        else _load_one(incoming, mapping(sheet))
        for sheet in sheets
    ]
    incoming.finish()
    incoming.progress.finish(counted(incoming.rows, "row"))
    return read


def _load_one(incoming: Incoming, sheet: Sheet) -> FileRead:
    found = recognise(sheet.header)
    if isinstance(found, NotRecognised):
        return _left_out(incoming.connection, sheet.label, found.reason)
    check_header(sheet.header, sheet.label)
    rows, aside = incoming.take(sheet, found.table)
    written_as, _, separator = sheet.written_as.partition(" ")
    _log.debug("table %s: %s rows read as %s", found.table.name, rows, written_as)
    extra = _named(found.extra, rows)
    incoming.connection.execute(
        "INSERT INTO source_file VALUES "
        "($file, $table, $rows, $aside, $written_as, nullif($separator, ''), $extra, '')",
        {
            "file": sheet.label, "table": found.table.name, "rows": rows, "aside": aside,
            "written_as": written_as, "separator": separator, "extra": extra,
        },
    )  # fmt: skip
    note = f"columns not used: {extra}" if extra else ""
    return FileRead(sheet.label, found.table.name, rows, note)


def _named(extra: Sequence[str], rows: int) -> str:
    """Name the columns nobody asked for; only count them where no row shows them to be names.

    A header whose line end is lost holds the first row's values too.
    """
    named = [column for column in extra if column.strip()]
    return ", ".join(named) if rows or not named else f"{len(named)} unnamed"


def _left_out(connection: duckdb.DuckDBPyConnection, label: str, note: str) -> FileRead:
    connection.execute(
        "INSERT INTO source_file VALUES ($file, NULL, 0, 0, NULL, NULL, NULL, $note)",
        {"file": label, "note": note},
    )
    return FileRead(label, None, 0, note)
