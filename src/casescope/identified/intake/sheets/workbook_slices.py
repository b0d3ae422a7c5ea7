"""A sheet's XML cut between its rows into slices small enough to be parsed each by itself.

The parser puts cells into one rectangle in memory, so before it sees a slice it is known how far
its cells reach. A glance is enough where every cell is written as Excel writes it, its place first;
any other slice is looked at cell by cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from xml.parsers import expat

from casescope.identified.intake.sheets.workbook_parts import Book, blocks, too_large
from casescope.identified.intake.sheets.xml_tags import refused

_BLOCK = 1 << 22
_FIRST_BLOCK = 1 << 16
"""The first is small: most often all that is wanted of it is the header."""

_LONGEST_ROW = 1 << 24
_LAST_ROW = 1 << 20
_MOST_COLUMNS = 1 << 14
"""An Excel sheet ends at column XFD in row 1,048,576."""

_MOST_CELLS = 1 << 21
"""The rectangle of one slice."""

_ABOUT = 10_000
"""Rows are told at a glance by all digits but the last four."""

_DATA = re.compile(rb"<((?:\w+:)?)sheetData\s*(/?)>")
_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_ROW = re.compile(
    rb"""<(?:\w+:)?row(?=[\s/>])(?:[^>]*?\sr\s*=\s*["']\s*([0-9]{1,9})\s*["'])?[^>]*>"""
)
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FAR = re.compile(rb'<c r="([A-Z]{2,})')
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True)
class Slice:
    """Some rows of a sheet as XML, whole, with the numbers they bear; `share` is how much is read.

    `prefix` is the namespace's, where tags have one.
    """

    xml: bytes
    starts: tuple[int, ...]
    numbers: tuple[int, ...]
    prefix: bytes
    share: float

    @property
    def after(self) -> int:
        """Return the number of the row before, from which a row without a number counts on."""
        return self.numbers[0] - 1

    @property
    def height(self) -> int:
        """Return how many rows lie between the first and the last, both included."""
        return self.numbers[-1] - self.numbers[0] + 1

    def part(self, start: int, end: int) -> "Slice":
        """Return the rows from one place to before another."""
        first, last = self.starts[start], (*self.starts, len(self.xml))[end]
        starts = tuple(place - first for place in self.starts[start:end])
        numbers = self.numbers[start:end]
        return Slice(self.xml[first:last], starts, numbers, self.prefix, self.share)


def slices(book: Book, part: str, label: str) -> Iterator[Slice]:
    """Yield a sheet's rows in slices that may be parsed."""
    after = 0
    for xml, prefix, share in _whole_rows(book, part, label):
        found = list(_ROW.finditer(xml))
        if found:
            numbers = _numbers(label, [row[1] for row in found], after)
            starts = tuple(row.start() for row in found)
            yield from _bounded(label, Slice(xml, starts, numbers, prefix, share))
            after = numbers[-1]


def _whole_rows(book: Book, part: str, label: str) -> Iterator[tuple[bytes, bytes, float]]:
    """Yield what lies between the tags of sheetData, cut before a row, with prefix and share."""
    text, prefix = b"", None
    for block, share in blocks(book.source, part, _FIRST_BLOCK, _BLOCK):
        text += block
        if prefix is None and (found := _DATA.search(text)):
            if found[2]:
                return
            prefix, text = found[1], text[found.end() :]
        if prefix is not None:
            end = _END.search(text) if b"sheetData" in text else None
            cut = end.start() if end else _last_row(text)
            yield text[:cut], prefix, share
            if end:
                return
            text = text[cut:]
        if len(text) > _LONGEST_ROW:
            raise too_large(label)
    raise refused(label)


def _last_row(text: bytes) -> int:
    """Return where the last row begins whose tag is whole."""
    *_, last = [0, *(found.start() for found in _ROW.finditer(text))]
    return last


def _numbers(label: str, said: Sequence[bytes | None], after: int) -> tuple[int, ...]:
    """Return the rows' numbers; refuse rows that do not come one after another, as Excel does."""
    numbers = []
    for digits in said:
        number = int(digits) if digits else after + 1
        if number <= after:
            raise refused(label)
        numbers.append(number)
        after = number
    if after > _LAST_ROW:
        raise too_large(label)
    return tuple(numbers)


def _bounded(label: str, one: Slice) -> Iterator[Slice]:
    """Yield a slice, or its halves, and theirs, until no rectangle of cells is too large."""
    columns = _columns_at_a_glance(one) or _columns(label, one)
    if columns > _MOST_COLUMNS:
        raise too_large(label)
    if one.height * columns <= _MOST_CELLS:
        yield one
    else:
        middle = len(one.starts) // 2
        yield from _bounded(label, one.part(0, middle))
        yield from _bounded(label, one.part(middle, len(one.starts)))


def _columns_at_a_glance(one: Slice) -> int | None:
    """Return how many columns are reached at most; None where a closer look is needed."""
    if len(_CELL.findall(one.xml)) != one.xml.count(b'<c r="'):
        return None
    columns = max((_column(letters.decode()) for letters in set(_FAR.findall(one.xml))), default=26)
    thousands = {number // _ABOUT for number in one.numbers}
    reached = (max(thousands) - min(thousands) + 1) * _ABOUT
    if reached * columns > _MOST_CELLS or _elsewhere(thousands).search(one.xml):
        return None
    return columns


def _elsewhere(thousands: set[int]) -> re.Pattern[bytes]:
    """Return what finds a cell in a row that is not about where its slice is."""
    about = "|".join(f"{number}[0-9]{{4}}" if number else "[0-9]{1,4}" for number in thousands)
    return re.compile(f'<c r="[A-Z]++(?!(?:{about})")'.encode())


def _columns(label: str, one: Slice) -> int:
    """Return how many columns are reached; refuse a cell that is not in the row it stands in."""
    reach = _Reach(label, iter(one.numbers))
    parser = expat.ParserCreate()
    parser.StartElementHandler = reach.start
    try:
        parser.Parse(b"<x>" + one.xml + b"</x>", True)
    except (expat.ExpatError, LookupError, ValueError):
        raise refused(label) from None
    return reach.widest


@dataclass
class _Reach:
    """How far cells reach; those that do not say where they stand follow the one before."""

    label: str
    numbers: Iterator[int]
    row: int = 0
    column: int = 0
    widest: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        bare = name.rpartition(":")[2]
        if bare == "row":
            self.row, self.column = next(self.numbers, 0), 0
        elif bare == "c":
            self._cell(attributes.get("r"))

    def _cell(self, place: str | None) -> None:
        self.column += 1
        if place is not None:
            said = _PLACE.fullmatch(place)
            if said is None or int(said[2]) != self.row:
                raise too_large(self.label)
            self.column = _column(said[1])
        self.widest = max(self.widest, self.column)


def _column(letters: str) -> int:
    """Return a column's number by its letters: A is 1, AA is 27."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters.upper(), 0)
