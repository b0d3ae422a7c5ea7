"""Excel workbooks: each sheet by itself, its header wherever it stands, its dates as dates."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from casescope.identified.intake.recognise import Recognised, known_columns, recognise
from casescope.identified.intake.sheet import LeftOut, Sheet
from casescope.identified.intake.sheets.source import Source, reading
from casescope.identified.intake.sheets.workbook_cells import (
    BookCells,
    Piece,
    Row,
    opened,
    parsing,
)
from casescope.identified.intake.sheets.workbook_parts import USUAL, look
from casescope.identified.intake.sheets.zipped import printable
from casescope.kernel.errors import InputRefused

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_HEADER_WITHIN = 30
"""Rows among which the header is looked for: titles, notes and filters may stand above it."""

_ROWS = 20_000
_DAY_0 = date(1899, 12, 30)
_LARGEST_WHOLE = 2**53
_BLANK = frozenset([""])


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook; `first_day` is the day 0 of the days it counts."""

    label: str
    written_as: str
    header: tuple[str, ...]
    header_row: int
    first_day: date
    cells: "Cells" = field(repr=False, compare=False)
    reached: Callable[[float], None] = field(repr=False, compare=False)

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the wanted columns as text, and `_row`, the row in the sheet."""
        places = [n for n, name in enumerate(self.header) if name.strip().upper() in wanted]
        names = [*(self.header[place].strip().upper() for place in places), "_row"]
        for piece in self.cells.pieces():
            filled = [(number, row) for number, row in self.cells.filled(piece)
                      if number > self.header_row]  # fmt: skip
            columns = [self.cells.column(piece, filled, place) for place in places]
            numbers = pa.array([number for number, _ in filled], pa.int64())
            self.reached(piece.share)
            yield pa.RecordBatch.from_arrays([*columns, numbers], names=names)


@dataclass(frozen=True)
class Cells:
    """One sheet's cells, read anew each time; `said` turns what stands in a cell into its text."""

    pieces: Callable[[], Iterator[Piece]]
    said: Callable[[pa.Array], pa.Array]
    blank: Callable[[], frozenset[str]]

    def filled(self, piece: Piece) -> Iterator[tuple[int, Row]]:
        """Yield the rows with anything in them, by number."""
        blank = self.blank()
        for number, row in enumerate(piece.rows, start=piece.first_row):
            if any(cell not in blank for cell in row):
                yield number, row

    def column(self, piece: Piece, rows: Sequence[tuple[int, Row]], place: int) -> pa.Array:
        """Return what these rows have in one column of the sheet, counted from 0."""
        at = place - piece.first_column + 1
        if not rows or not 0 <= at < len(rows[0][1]):
            return pa.array([""] * len(rows), pa.string())
        return self._texts([row[at] for _, row in rows])

    def first(self, number: int) -> list[tuple[int, tuple[str, ...]]]:
        """Return the first rows that hold anything, as texts from the first column on."""
        rows = ((at, ("",) * (piece.first_column - 1), row)
                for piece in self.pieces() for at, row in self.filled(piece))  # fmt: skip
        return [(at, (*before, *self._texts(row).to_pylist()))
                for at, before, row in islice(rows, number)]  # fmt: skip

    def _texts(self, cells: Row) -> pa.Array:
        texts = [cell if type(cell) is str else text_of(cell) for cell in cells]
        return self.said(pa.array(texts, pa.string()))


def sheets(source: Source, main: str = USUAL) -> Iterator[Sheet | LeftOut]:
    """Yield each sheet of an .xlsx workbook, empty ones left out by name."""
    book = look(source, main)
    held = BookCells(book)
    for place, sheet in enumerate(book.sheets):
        label = f"{source.label} [{printable(sheet.name)}]"
        if sheet.part is None:
            yield LeftOut(label, "a chart or a sheet of macros, no table")
            continue
        pieces = partial(held.pieces, sheet.part, label)
        cells = Cells(pieces, held.said, lambda: held.blank)
        yield _sheet(label, "XLSX", book.first_day, cells, _part(source, place, len(book.sheets)))


def old_sheets(source: Source) -> Iterator[Sheet | LeftOut]:
    """Yield each sheet of an .xls workbook, which ends at 65,536 rows and is held whole."""
    with reading(source.label), source.seekable() as stream:
        if "EncryptedPackage".encode("utf-16-le") in stream.read():
            raise InputRefused(
                f"{source.label} is locked with a password.",
                "Remove the password in Excel (File, Info, Protect Workbook) and load again.",
            )
        stream.seek(0)
        with parsing(source.label):
            book = opened(stream)
        for place, name in enumerate(book.sheet_names):
            label = f"{source.label} [{printable(name)}]"
            with parsing(source.label):
                held = book.get_sheet_by_index(place)
            cells = Cells(partial(_pieces, held), lambda texts: texts, lambda: _BLANK)
            yield _sheet(label, "XLS", _DAY_0, cells, _part(source, place, len(book.sheet_names)))


def _sheet(
    label: str, written_as: str, first_day: date, cells: Cells, reached: Callable[[float], None]
) -> Sheet | LeftOut:
    found = _header(cells.first(_HEADER_WITHIN))
    if found is None:
        return LeftOut(label, "an empty sheet")
    header_row, header = found
    return WorkbookSheet(label, written_as, header, header_row, first_day, cells, reached)


def _part(source: Source, place: int, sheets: int) -> Callable[[float], None]:
    """Return who hears how far one sheet of several is read, each taken for as long."""
    return lambda share: source.reached((place + share) / sheets)


def _pieces(cells: "CalamineSheet") -> Iterator[Piece]:
    """Yield a sheet that is held whole; cells to the left of all others are left away."""
    rows, first = cells.iter_rows(), 1
    while held := list(islice(rows, _ROWS)):
        last = first + len(held)
        yield Piece(held, first, 1, last / max(cells.total_height, last))
        first = last


def _header(rows: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[int, tuple[str, ...]] | None:
    """Return the number and names of the row that makes a known table best, else looks most so."""
    if not rows:
        return None
    return max(rows, key=lambda row: (_rank(row[1]), -row[0]))


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
