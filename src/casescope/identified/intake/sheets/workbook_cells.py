"""The cells of a sheet, slice by slice: each is a small workbook of its own to the parser.

So no more than one slice's cells are held, whatever the sheet's length. Shared texts stay out of
it: a cell that points to one is read as a mark with the text's number, and looked up afterwards.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa
from pyarrow import compute

from casescope.identified.intake.sheets.workbook_parts import Book
from casescope.identified.intake.sheets.workbook_slices import Slice, slices
from casescope.identified.intake.sheets.workbook_texts import shared_texts
from casescope.identified.intake.sheets.xml_tags import refused

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Row = Sequence[Any]

_MARK = "\ufdd0"
"""A character that Unicode keeps free for uses like this: no text of a file holds it."""

_MARKED = _MARK.encode()
_SHARED = re.compile(rb"""\st\s*=\s*["']s["']""")
_ANYHOW = re.compile(
    rb"""(<(?:\w+:)?c\s[^>]*?\bt\s*=\s*)["']s["']"""
    rb"""([^>]*>(?:\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v\b[^>/]*>)\s*"""
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Piece:
    """Some rows as the parser gives them, all of one width; where they stand, counted from 1."""

    rows: Sequence[Row]
    first_row: int
    first_column: int
    share: float


class BookCells:
    """Reads one workbook's sheets in pieces, and looks its shared texts up."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def pieces(self, part: str, label: str) -> Iterator[Piece]:
        """Yield a sheet's cells, a slice of it at a time."""
        for one in slices(self._book, part, label):
            with parsing(label):
                cells = opened(io.BytesIO(self._small(one))).get_sheet_by_index(0)
                rows, start = cells.to_python(), cells.start
            if start is not None:
                yield Piece(rows, start[0] + 1, start[1] + 1, one.share)

    def said(self, texts: pa.Array) -> pa.Array:
        """Return texts with every mark replaced by the shared text it stands for."""
        marked = compute.starts_with(texts, _MARK)
        if not compute.any(marked).as_py():
            return texts
        numbers = compute.utf8_slice_codeunits(compute.if_else(marked, texts, None), 1)
        with parsing(self._book.source.label):
            places = compute.utf8_trim_whitespace(numbers).cast(pa.int64())
            return compute.if_else(marked, self._texts.take(places), texts)

    @cached_property
    def blank(self) -> frozenset[str]:
        """Return what a cell without anything in it may be read as."""
        empty = compute.indices_nonzero(compute.equal(self._texts, "")).to_pylist()
        return frozenset(["", *(f"{_MARK}{number}" for number in empty)])

    @cached_property
    def _texts(self) -> pa.Array:
        return shared_texts(self._book)

    def _small(self, one: Slice) -> bytes:
        """Return a workbook of one sheet that holds this slice's rows, where they stand."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for name, content in self._parts.items():
                archive.writestr(name, content)
            archive.writestr("xl/worksheets/sheet1.xml", self._sheet(one))
        return held.getvalue()

    @cached_property
    def _parts(self) -> dict[str, bytes | str]:
        day_0 = ' date1904="1"' if self._book.from_1904 else ""
        links = "".join(
            f'<Relationship Id="rId{number}" Type="{_KINDS}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(
                [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")], start=1
            )
        )
        styles = {"xl/styles.xml": self._book.styles} if self._book.styles else {}
        return {
            "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" '
            f'Type="{_KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><workbookPr{day_0}/>'
            '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_LINKS}">{links}'
            "</Relationships>",
            **styles,
        }

    def _sheet(self, one: Slice) -> bytes:
        p = one.prefix
        return b"".join([
            b"<%bworksheet><%bsheetData>" % (p, p),
            b'<%brow r="%d"></%brow>' % (p, one.after, p) if one.after else b"",
            self._without_shared(one.xml),
            b"</%bsheetData></%bworksheet>" % (p, p),
        ])  # fmt: skip

    def _without_shared(self, xml: bytes) -> bytes:
        """Return rows in which a cell with a shared text holds the mark and the text's number."""
        if _MARKED in xml:
            raise refused(self._book.source.label)
        xml = xml.replace(b' t="s"><v>', b' t="str"><v>' + _MARKED)
        if _SHARED.search(xml):
            xml = _ANYHOW.sub(rb'\1"str"\2' + _MARKED, xml)
        return xml


def opened(stream: BinaryIO) -> "CalamineWorkbook":
    """Open a workbook with the parser."""
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(stream)


@contextmanager
def parsing(label: str) -> Iterator[None]:
    """Turn what the parser says of a damaged workbook into a refusal; its words may quote it."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, ValueError, OverflowError, MemoryError, IndexError):
        raise refused(label) from None
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic of the parser, which is in Rust
            raise
        raise refused(label) from None
