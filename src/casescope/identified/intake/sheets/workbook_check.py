"""Before a workbook is opened: that it is whole, honest about its size, and not absurdly wide.

The parser puts a sheet's cells into one rectangle in memory, so two cells in opposite corners would
take all there is; and it unpacks what it is given, whatever size that claims to be.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from casescope.identified.intake.sheets.source import Source
from casescope.identified.intake.sheets.zipped import names_in, whole
from casescope.kernel.errors import InputRefused

_MOST_BYTES = 1 << 30
_MOST_CELLS = 16_000_000
"""The rectangle of cells: 15 columns of the 1,048,576 rows at which an Excel sheet ends."""

_BLOCK = 1 << 20
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_UNPLACED_ROW = re.compile(rb"<(?:\w+:)?row\b(?![^>]*\br\s*=)")
_UNPLACED_CELL = re.compile(rb"<(?:\w+:)?c\b(?![^>]*\br\s*=)")
_FROM_1904 = re.compile(rb"""date1904\s*=\s*["'](1|true)["']""")


def check_workbook(source: Source) -> bool:
    """Refuse a workbook that is damaged or would not fit; say whether it counts days from 1904."""
    names_in(source)
    from_1904 = False
    with whole(source.label), source.seekable() as stream, zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        _check_bytes(source.label, infos)
        for info in infos:
            blocks = _blocks(archive, info)
            if info.filename == "xl/workbook.xml":
                from_1904 = _FROM_1904.search(b"".join(blocks)) is not None
            else:
                _check_cells(source.label, blocks)
    return from_1904


def _check_bytes(label: str, infos: list[zipfile.ZipInfo]) -> None:
    if sum(info.file_size for info in infos) > _MOST_BYTES:
        raise _too_large(label)


def _blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member to its end: reading so, a wrong size or check sum is noticed."""
    with archive.open(info) as member:
        while block := member.read(_BLOCK):
            yield block


def _check_cells(label: str, blocks: Iterator[bytes]) -> None:
    """Refuse a sheet whose cells span too large a rectangle."""
    span, rest = _Span(), b""
    for block in blocks:
        text = rest + block
        cut = text.rfind(b"<")
        rest = text[cut:] if len(text) - cut < _BLOCK else b""  # no tag of a sheet is so long
        span.see(text[:cut])
        if span.cells() > _MOST_CELLS:
            raise _too_large(label)


@dataclass
class _Span:
    """How far the cells seen so far reach; those that do not say where they stand come after."""

    row: int = 0
    column: int = 0
    rows: int = 0
    in_row: int = 0
    widest: int = 0

    def see(self, text: bytes) -> None:
        places = _PLACE.findall(text)
        columns = {column for column, _ in places if column}
        self.row = max([self.row, *(int(row) for _, row in places)])
        self.column = max([self.column, *(_number(column) for column in columns)])
        self.rows += len(_UNPLACED_ROW.findall(text))
        if _UNPLACED_CELL.search(text):
            self._see_unplaced(text)

    def _see_unplaced(self, text: bytes) -> None:
        """Count cells by row where some do not say where they stand; a row may span blocks."""
        first, *others = [len(_CELL.findall(row)) for row in _ROW.split(text)]
        for in_row in (self.in_row + first, *others):
            self.in_row = in_row
            self.widest = max(self.widest, in_row)

    def cells(self) -> int:
        return (self.row + self.rows) * (self.column + self.widest)


def _number(column: bytes) -> int:
    """Return a column's number by its letters: A is 1, AA is 27."""
    return reduce(lambda number, letter: number * 26 + letter - 64, column.upper(), 0)


def _too_large(label: str) -> InputRefused:
    return InputRefused(
        f"{label} holds a sheet that is too large for a workbook.",
        "Save the sheet as CSV, or delete the empty cells far below or beside the table.",
    )
