"""Loading what a council gives: every sheet recognised, read and typed into one layer, or none."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

import duckdb

from casescope.identified.intake.collapse import collapse
from casescope.identified.intake.folders import GivenFile, given_files, links_left_out
from casescope.identified.intake.incoming import Incoming
from casescope.identified.intake.naming import likely
from casescope.identified.intake.recognise import NotRecognised, recognise
from casescope.identified.intake.refusals import Refusals
from casescope.identified.intake.sheet import LeftOut, Part, Sheet, check_header
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
    """What became of one sheet: the table it was taken for, or why it was left out.

    `maybe` has columns that were not used, with what each may be that the sheet lacks.
    """

    label: str
    table: str | None
    rows: int
    note: str
    set_aside: int = 0
    maybe: dict[str, str] = field(default_factory=dict)


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
    sheets: Iterable[Part],
    *,
    tables: Iterable[Sheet | LeftOut] = (),
    reference_date: date,
    progress: Progress | None = None,
    mapping: Mapped | None = None,
    what: str = "reading tables",
    share: Callable[[], float | None] = lambda: None,
) -> list[FileRead]:
    """Read the sheets of files, then the `tables` of a database, one table for each of TABLES.

    Also makes `source_file` (one row a sheet) and `problem` (one row for each value that could not
    be used: table, file, row, column and kind, never the value). Raises InputRefused, leaving the
    caller to drop what was written, when any recognised sheet cannot be read whole, or none is; it
    then says so of every file. `mapping` is applied to each sheet before it is recognised; `share`
    says how far reading has come, from 0 to 1, where that is known.
    """
    _create(connection)
    incoming = Incoming(connection, reference_date, progress or Silent(), share)
    read = _load_all(incoming, sheets, tables, mapping or (lambda sheet: sheet), what)
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


def sheets_of(files: Iterable[GivenFile], gauge: Gauge | None = None) -> Iterator[Part]:
    """Yield the parts of each file; tell the gauge how far it is."""
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
    incoming: Incoming,
    sheets: Iterable[Part],
    tables: Iterable[Sheet | LeftOut],
    mapping: Mapped,
    what: str,
) -> list[FileRead]:
    """Read everything; where a file is refused the others are looked at too, and no database."""
    incoming.progress.start(what)
    refusals = Refusals()
    read = []
    for part in sheets:
        with refusals.gathered():
            read.append(_load_one(incoming, part, mapping, is_file=True))
    refusals.check()
    read += [_load_one(incoming, table, mapping, is_file=False) for table in tables]
    incoming.finish()
    incoming.progress.finish(counted(incoming.rows, "row"))
    return read


def _load_one(incoming: Incoming, part: Part, mapping: Mapped, *, is_file: bool) -> FileRead:
    """Read one part; a file that is nearly a table is refused, a table of a database left out."""
    if isinstance(part, InputRefused):
        raise part
    if isinstance(part, LeftOut):
        return _left_out(incoming.connection, part.label, part.note)
    sheet = mapping(part)
    found = recognise(sheet.header)
    if isinstance(found, NotRecognised):
        if found.is_meant and is_file:
            raise _nearly_a_table(sheet.label, found.reason)
        return _left_out(incoming.connection, sheet.label, found.reason)
    check_header(sheet.header, found.table, sheet.label)
    rows, aside = incoming.take(sheet, found.table)
    written_as, _, separator = sheet.written_as.partition(" ")
    _log.debug("table %s: %s rows read as %s", found.table.name, rows, written_as)
    extra = _named(found.extra, rows)
    maybe = likely(found.table, sheet.header, sheet.label) if rows else {}
    incoming.connection.execute(
        "INSERT INTO source_file VALUES "
        "($file, $table, $rows, $aside, $written_as, nullif($separator, ''), $extra, '')",
        {
            "file": sheet.label, "table": found.table.name, "rows": rows, "aside": aside,
            "written_as": written_as, "separator": separator, "extra": extra,
        },
    )  # fmt: skip
    note = f"columns not used: {extra}" if extra else ""
    return FileRead(sheet.label, found.table.name, rows, note, aside, maybe)


def _nearly_a_table(label: str, reason: str) -> InputRefused:
    return InputRefused(
        f"{label}: {reason}.",
        "If a column stands there under another name, casescope map FOLDER may propose it; else "
        "add it to the export, or take the file out of the folder to do without it.",
    )


def _named(extra: Sequence[str], rows: int) -> str:
    """Name the columns nobody asked for; only count them where no row shows them to be names.

    A header whose line end is lost holds the first row's values too.
    """
    named = [" ".join(column.split()) for column in extra if column.strip()]
    return ", ".join(named) if rows or not named else f"{len(named)} unnamed"


def _left_out(connection: duckdb.DuckDBPyConnection, label: str, note: str) -> FileRead:
    connection.execute(
        "INSERT INTO source_file VALUES ($file, NULL, 0, 0, NULL, NULL, NULL, $note)",
        {"file": label, "note": note},
    )
    return FileRead(label, None, 0, note)
