"""Every table as plain CSV, and a data dictionary that says what each column means."""

import csv
import io
from collections.abc import Iterable, Sequence

from casescope.disclosure.released import Released, ReleasedTable
from casescope.report.document import Document, TableRow
from casescope.report.faces.letters import in_cell
from casescope.report.faces.named import NamedTable, has_numbers, named_tables
from casescope.report.numbers import ends_of

DICTIONARY = "data-dictionary.csv"
_NUMBER = "number"
_HEAD = ("table", "file", "title", "column", "meaning", "unit", "source", "period",
         "how it was worked out", "notes", "edition")  # fmt: skip


def csv_files(document: Document, released: Released) -> dict[str, bytes]:
    """Return the files by name: one for each table, and the dictionary of their columns.

    UTF-8 with a byte order mark (spreadsheets ask for it), lines ended as RFC 4180 says.
    """
    named = named_tables(document)
    stamp = document.mark if document.stamped else ""
    files = {f"{one.name}.csv": _written(_table_rows(one, stamp)) for one in named}
    files[DICTIONARY] = _written(_dictionary(named, released, document.mark))
    return files


def _table_rows(one: NamedTable, stamp: str) -> Iterable[Sequence[str]]:
    """Yield head and rows; a stamp goes into a column of its own, so that it stays with them."""
    end = [in_cell(stamp)] if stamp else []
    head = [name for at, column in enumerate(one.columns) for name, _ in _names(one, at, column)]
    yield [*(in_cell(name) for name in head), *(["edition"] if stamp else [])]
    for row in one.table.rows:
        yield [*(cell for at in range(len(one.columns)) for cell in _cells(one, row, at)), *end]


def _names(one: NamedTable, at: int, column: str) -> list[tuple[str, str]]:
    """Return the columns that one column of a table becomes, each with what it means."""
    names = [(column, _meaning(one, at))]
    if is_range(one, at):
        words = "The {} end of the range before, as shown; blank where it is no number."
        return [*names, (f"{column}, from ({_NUMBER})", words.format("lower")),
                (f"{column}, to ({_NUMBER})", words.format("upper"))]  # fmt: skip
    if has_numbers(one.table, at):
        words = "The released number of the column before; blank where it is hidden."
        names.append((f"{column} ({_NUMBER})", words))
    return names


def _cells(one: NamedTable, row: TableRow, at: int) -> list[str]:
    cells = [in_cell(row.cells[at])]
    if is_range(one, at):
        return cells + [number_text(end) for end in ends_of(row.cells[at])]
    if has_numbers(one.table, at):
        cells.append(number_text(row.values[at] if row.values else None))
    return cells


def is_range(one: NamedTable, at: int) -> bool:
    """Say whether a column holds likely ranges."""
    return one.table.head[at].startswith("Likely range")


def number_text(value: float | None) -> str:
    """Return a released number in figures, four decimals at most; blank where there is none."""
    if value is None:
        return ""
    return f"{value:.0f}" if value == int(value) else f"{value:.4f}".rstrip("0")


def _dictionary(
    named: tuple[NamedTable, ...], released: Released, mark: str
) -> Iterable[Sequence[str]]:
    findings = {table.id: table for table in released.tables}
    yield _HEAD
    for one in named:
        found = findings.get(one.table.finding)
        for at, column in enumerate(one.columns):
            for name, meaning in _names(one, at, column):
                yield _entry(one, name, meaning, found, mark)


def _entry(
    one: NamedTable, column: str, meaning: str, found: ReleasedTable | None, mark: str
) -> list[str]:
    facts = (found.unit, found.source, found.period, found.method) if found else ("", "", "", "")
    notes = (*(found.caveats if found else one.table.notes),)
    words = (one.name, f"{one.name}.csv", one.table.caption, column, meaning, *facts,
             " ".join(notes), mark)  # fmt: skip
    return [in_cell(word) for word in words]


def _meaning(one: NamedTable, at: int) -> str:
    if at < one.table.labels:
        return "What the row is about."
    if is_range(one, at):
        return f"The 95% interval of “{one.columns[at - 1]}”, in words."
    if has_numbers(one.table, at):
        return "As released, or words that say why it is hidden."
    return "Words."


def _written(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
