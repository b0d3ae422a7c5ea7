"""One sheet read into the layer: recognised, checked, taken in, and what became of it written."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import duckdb

from casescope.identified.intake.incoming import Incoming
from casescope.identified.intake.naming import likely
from casescope.identified.intake.recognise import NotRecognised, Recognised, recognise
from casescope.identified.intake.sheet import LeftOut, Part, Sheet, check_header
from casescope.kernel.errors import InputRefused

_log = logging.getLogger(__name__)

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


def read_one(incoming: Incoming, part: Part, mapping: Mapped, *, is_file: bool) -> FileRead:
    """Read one part; a file that is nearly a table is refused, a table of a database left out."""
    if isinstance(part, InputRefused):
        raise part
    if isinstance(part, LeftOut):
        return _left_out(incoming.connection, part.label, part.note)
    sheet = mapping(part)
    found = recognise(sheet.header)
    if isinstance(found, Recognised):
        return _taken(incoming, sheet, found)
    if found.is_meant and is_file:
        raise _nearly_a_table(sheet.label, found)
    return _left_out(incoming.connection, sheet.label, found.reason)


def _taken(incoming: Incoming, sheet: Sheet, found: Recognised) -> FileRead:
    name = found.table.name
    check_header(sheet.header, found.table, sheet.label)
    rows, aside = incoming.take(sheet, found.table)
    written_as, _, separator = sheet.written_as.partition(" ")
    _log.debug("table %s: %s rows read as %s", name, rows, written_as)
    extra = _named(found.extra, rows)
    incoming.connection.execute(
        "INSERT INTO source_file VALUES "
        "($file, $table, $rows, $aside, $written_as, nullif($separator, ''), $extra, '')",
        {
            "file": sheet.label, "table": name, "rows": rows, "aside": aside,
            "written_as": written_as, "separator": separator, "extra": extra,
        },
    )  # fmt: skip
    note = f"columns not used: {extra}" if extra else ""
    maybe = likely(found.table, sheet.header, sheet.label) if rows else {}
    return FileRead(sheet.label, name, rows, note, aside, maybe)


def _nearly_a_table(label: str, found: NotRecognised) -> InputRefused:
    return InputRefused(
        f"{label}: {found.reason}.",
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
