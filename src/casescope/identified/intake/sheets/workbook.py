"""Excel workbooks: each sheet by itself, its header wherever it stands, its dates as dates."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa

from casescope.identified.intake.recognise import Recognised, known_columns, recognise
from casescope.identified.intake.sheet import LeftOut, Sheet
from casescope.identified.intake.sheets.source import Source, reading
from casescope.identified.intake.sheets.workbook_check import check_workbook
from casescope.identified.intake.sheets.zipped import printable
from casescope.kernel.errors import InputRefused

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_HEADER_WITHIN = 30
"""Rows among which the header is looked for: titles, notes and filters may stand above it."""

_ROWS = 20_000
_DAY_0 = date(1899, 12, 30)
_DAY_0_OF_1904 = date(1904, 1, 1)
_LARGEST_WHOLE = 2**53

Row = Sequence[Any]


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook; `first_day` is the day 0 of the days it counts."""

    label: str
    written_as: str
    header: tuple[str, ...]
    header_row: int
    first_day: date
    cells: "CalamineSheet" = field(repr=False, compare=False)
    reached: Callable[[float], None] = field(repr=False, compare=False)

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns as text, and `_row`, the row in the sheet."""
        places = [n for n, name in enumerate(self.header) if name.strip().upper() in wanted]
        names = [*(self.header[place].strip().upper() for place in places), "_row"]
        rows = islice(_rows(self.cells), self.header_row, None)
        next(rows, None)
        while held := list(islice(rows, _ROWS)):
            filled = [(number, row) for number, row in held if any(cell != "" for cell in row)]
            columns = [
                pa.array([text_of(row[place]) for _, row in filled], pa.string())
                for place in places
            ]
            numbers = pa.array([number for number, _ in filled], pa.int64())
            self.reached(held[-1][0] / max(self.cells.total_height, held[-1][0]))
            yield pa.RecordBatch.from_arrays([*columns, numbers], names=names)


def sheets(source: Source) -> Iterator[Sheet | LeftOut]:
    """Yield each sheet of an .xlsx workbook, empty ones left out by name."""
    first_day = _DAY_0_OF_1904 if check_workbook(source) else _DAY_0
    yield from _sheets(source, "XLSX", first_day)


def old_sheets(source: Source) -> Iterator[Sheet | LeftOut]:
    """Yield each sheet of an .xls workbook."""
    with reading(source.label), source.seekable() as stream:
        if "EncryptedPackage".encode("utf-16-le") in stream.read():
            raise InputRefused(
                f"{source.label} is locked with a password.",
                "Remove the password in Excel (File, Info, Protect Workbook) and load again.",
            )
    yield from _sheets(source, "XLS", _DAY_0)


def _sheets(source: Source, written_as: str, first_day: date) -> Iterator[Sheet | LeftOut]:
    with reading(source.label), source.seekable() as stream:
        with _parsing(source.label):
            book = _book(stream)
        for place, name in enumerate(book.sheet_names):
            with _parsing(source.label):
                cells = book.get_sheet_by_index(place)
            label = f"{source.label} [{printable(name)}]"
            found = _header([row for _, row in islice(_rows(cells), _HEADER_WITHIN)])
            if found is None:
                yield LeftOut(label, "an empty sheet")
            else:
                header_row, header = found
                yield WorkbookSheet(label, written_as, header, header_row, first_day, cells,
                                    _part(source, place, len(book.sheet_names)))  # fmt: skip


def _part(source: Source, place: int, sheets: int) -> Callable[[float], None]:
    """Return who hears how far one sheet of several is read, each taken for as long."""
    return lambda share: source.reached((place + share) / sheets)


def _book(stream: BinaryIO) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(stream)


@contextmanager
def _parsing(label: str) -> Iterator[None]:
    """Turn what the parser says of a damaged workbook into a refusal; its words may quote it."""
    from python_calamine import CalamineError

    refused = InputRefused(
        f"{label} cannot be read as a workbook: it is damaged or unfinished.",
        "Open it in Excel, save it as a new workbook (.xlsx), and load again.",
    )
    try:
        yield
    except (CalamineError, ValueError, OverflowError, MemoryError):
        raise refused from None
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic of the parser, which is in Rust
            raise
        raise refused from None


def _rows(cells: "CalamineSheet") -> Iterator[tuple[int, Row]]:
    """Yield each row with its number; cells to the left of all others are left away."""
    return enumerate(cells.iter_rows(), start=1)


def _header(rows: Sequence[Row]) -> tuple[int, tuple[str, ...]] | None:
    """Return the place and names of the row that makes a known table best, else looks most so."""
    ranked = [(_rank(names), -place, names) for place, row in enumerate(rows)
              if any(names := tuple(text_of(cell) for cell in row))]  # fmt: skip
    if not ranked:
        return None
    _, place, names = max(ranked)
    return -place, names


def _rank(names: Sequence[str]) -> tuple[bool, int, int]:
    known = known_columns(names)
    words = {name for name in names if name and not name[:1].isdigit()}
    return isinstance(recognise(names), Recognised), known if known > 1 else 0, len(words)


def text_of(cell: object) -> str:
    """Return a cell as text: dates ISO, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_WHOLE:
        return str(int(cell))
    return str(cell)
