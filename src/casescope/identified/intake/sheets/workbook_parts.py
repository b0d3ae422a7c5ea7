"""What a workbook (.xlsx) holds, before its cells: its sheets by name, its styles, its day 0."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casescope.identified.intake.sheets.source import Source
from casescope.identified.intake.sheets.xml_tags import Tag, tags
from casescope.identified.intake.sheets.zipped import names_in, whole
from casescope.kernel.errors import InputRefused

_MOST_BYTES = 1 << 32
"""Of all parts together: a sheet full to its last row with 40 columns is half of this."""

_MOST_BYTES_HELD = 1 << 26
"""Of one part that is held in memory: names of sheets, styles."""

_BLOCK = 1 << 20
_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_DAY_0 = date(1899, 12, 30)
_DAY_0_OF_1904 = date(1904, 1, 1)


@dataclass(frozen=True)
class SheetPart:
    """One sheet: its name, and the part that holds its cells; a chart has none."""

    name: str
    part: str | None


@dataclass(frozen=True)
class Book:
    """One workbook; its cells and shared texts are read when they are wanted."""

    source: Source
    sheets: tuple[SheetPart, ...]
    texts: str | None
    styles: bytes
    from_1904: bool

    @property
    def first_day(self) -> date:
        """Return the day 0 of the days it counts."""
        return _DAY_0_OF_1904 if self.from_1904 else _DAY_0


def look(source: Source) -> Book:
    """Read a workbook's list of sheets, having read every part once to see that it is whole."""
    names = names_in(source)
    with whole(source.label), source.seekable() as stream, zipfile.ZipFile(stream) as archive:
        _check_whole(source.label, archive)
        book = list(tags(source.label, archive.read(_BOOK)))
        links = list(tags(source.label, archive.read(_LINKS))) if _LINKS in names else []
        styles = archive.read(_STYLES) if _STYLES in names else b""
    targets = {tag.of("Id"): tag for tag in links if tag.name == "Relationship"}
    return Book(
        source,
        tuple(SheetPart(tag.of("name"), _cells_of(tag, targets, names))
              for tag in book if tag.name == "sheet"),
        next((part for tag in targets.values() if tag.of("Type").endswith("/sharedStrings")
              and (part := _part(tag)) in names), None),
        styles,
        any(tag.of("date1904") in ("1", "true") for tag in book if tag.name == "workbookPr"),
    )  # fmt: skip


def _cells_of(sheet: Tag, targets: Mapping[str, Tag], names: frozenset[str]) -> str | None:
    link = targets.get(sheet.of("id"))
    if link is None or not link.of("Type").endswith("/worksheet"):
        return None
    part = _part(link)
    if part not in names:
        raise KeyError(part)  # a part that is promised and not there is damage
    return part


def _part(link: Tag) -> str:
    """Return the name within the zip of what a link points to."""
    target = link.of("Target")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _check_whole(label: str, archive: zipfile.ZipFile) -> None:
    """Read every part to its end: so a wrong size or check sum is noticed."""
    infos = archive.infolist()
    held = [info.file_size for info in infos if info.filename in (_BOOK, _LINKS, _STYLES)]
    if sum(info.file_size for info in infos) > _MOST_BYTES or max(held) > _MOST_BYTES_HELD:
        raise too_large(label)
    for info in infos:
        with archive.open(info) as member:
            while member.read(_BLOCK):
                pass


def blocks(source: Source, part: str, first: int, then: int) -> Iterator[tuple[bytes, float]]:
    """Yield one part in pieces of these sizes, and how much of it has been read."""
    with whole(source.label), source.seekable() as stream, zipfile.ZipFile(stream) as archive:
        size, done = archive.getinfo(part).file_size, 0
        with archive.open(part) as member:
            while block := member.read(then if done else first):
                done += len(block)
                yield block, done / size


def too_large(label: str) -> InputRefused:
    """Return the refusal of a workbook that no program for workbooks would write."""
    return InputRefused(
        f"{label} holds a sheet that is too large for a workbook.",
        "Save the sheet as CSV, or delete the empty cells far below or beside the table.",
    )
