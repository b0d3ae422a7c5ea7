"""Loading what a council gives: every sheet recognised, read and typed into one layer, or none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

import duckdb

from casescope.identified.intake.collapse import collapse
from casescope.identified.intake.folders import GivenFile, given_files, links_left_out
from casescope.identified.intake.incoming import Incoming
from casescope.identified.intake.layer_tables import create_empty
from casescope.identified.intake.one_sheet import FileRead, Mapped, read_one
from casescope.identified.intake.refusals import Refusals
from casescope.identified.intake.sheet import LeftOut, Part, Sheet
from casescope.identified.intake.sheets.opening import opened
from casescope.identified.intake.sheets.source import FileSource, Gauge
from casescope.kernel.counting import counted
from casescope.kernel.errors import InputRefused
from casescope.kernel.progress import Progress, Silent
from casescope.vault.sql import create_tables

_REASONS = 5
"""Files that are no table of which the reason is told, where none is one."""


def load(
    connection: duckdb.DuckDBPyConnection,
    folders: Sequence[Path],
    *,
    reference_date: date,
    progress: Progress | None = None,
    mapping: Mapped | None = None,
) -> list[FileRead]:
    """Read every table in these folders into the current database, as `load_sheets` does."""
    sheets, gauge = in_folders(folders)
    return load_sheets(
        connection,
        sheets,
        reference_date=reference_date,
        progress=progress,
        mapping=mapping,
        share=gauge.share,
    )


def in_folders(folders: Sequence[Path]) -> tuple[Iterator[Part], Gauge]:
    """Return what comes of every file in these folders, and the gauge of how far reading is."""
    files = given_files(folders)
    gauge = Gauge(total=sum(file.path.stat().st_size for file in files))
    return chain(sheets_of(files, gauge), links_left_out(folders)), gauge


def load_sheets(
    connection: duckdb.DuckDBPyConnection,
    sheets: Iterable[Part],
    *,
    tables: Iterable[Sheet | LeftOut] = (),
    reference_date: date,
    progress: Progress | None = None,
    mapping: Mapped | None = None,
    share: Callable[[], float | None] = lambda: None,
) -> list[FileRead]:
    """Read the sheets of files, then the `tables` of a database, one table for each of TABLES.

    Also makes `source_file` (one row a sheet) and `problem` (one row for each value that could not
    be used: table, file, row, column and kind, never the value). Raises InputRefused, leaving the
    caller to drop what was written, when any recognised sheet cannot be read whole, or none is; it
    then says so of every file. `mapping` is applied to each sheet before it is recognised; `share`
    says how far reading has come, from 0 to 1, where that is known.
    """
    create_empty(connection)
    incoming = Incoming(connection, reference_date, progress or Silent(), share)
    read = _load_all(incoming, sheets, tables, mapping or (lambda sheet: sheet))
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


def sheets_of(files: Iterable[GivenFile], gauge: Gauge | None = None) -> Iterator[Part]:
    """Yield the parts of each file; tell the gauge how far it is."""
    gauge = gauge or Gauge()
    for file in files:
        yield from opened(FileSource(file.path, file.label, gauge))
        gauge.passed(file.path)


def _load_all(
    incoming: Incoming,
    sheets: Iterable[Part],
    tables: Iterable[Sheet | LeftOut],
    mapping: Mapped,
) -> list[FileRead]:
    """Read everything; where a file is refused the others are looked at too, and no database."""
    incoming.progress.start("reading tables")
    refusals = Refusals()
    read = []
    for part in sheets:
        with refusals.gathered():
            read.append(read_one(incoming, part, mapping, is_file=True))
    refusals.check()
    read += [read_one(incoming, table, mapping, is_file=False) for table in tables]
    incoming.finish()
    incoming.progress.finish(counted(incoming.rows, "row"))
    return read
