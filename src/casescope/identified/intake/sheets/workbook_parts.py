"""What a workbook (.xlsx) holds, before its cells: its sheets by name, its styles, its day 0."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casescope.identified.intake.sheets.source import Source
from casescope.identified.intake.sheets.xml_tags import Tag, outermost, tags
from casescope.identified.intake.sheets.zipped import whole
from casescope.kernel.errors import InputRefused

_MOST_BYTES = 1 << 32
"""Of all parts together: a sheet full to its last row with 40 columns is half of this."""

_MOST_BYTES_HELD = 1 << 26
"""Of one part that is held in memory: names of sheets, styles."""

_BLOCK = 1 << 20
_BEGINNING = 1 << 16

USUAL = "xl/workbook.xml"
"""Where Excel puts the list of sheets."""

_USUAL_STYLES = "xl/styles.xml"

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


def main_part(source: Source) -> str | None:
    """Return the part with the list of sheets, wherever the package says it is; None elsewhere.

    Documents and slides are packages too: what their main part holds is no workbook.
    """
    with whole(source.label), source.seekable() as stream, zipfile.ZipFile(stream) as archive:
        links = _links(source.label, archive, "")
        main = next((link.part for link in links.values() if link.kind == "officeDocument"), USUAL)
        if main not in archive.namelist():
            return None
        with archive.open(main) as beginning:
            return main if outermost(beginning.read(_BEGINNING)) == "workbook" else None


def look(source: Source, main: str) -> Book:
    """Read a workbook's list of sheets, having read every part once to see that it is whole."""
    with whole(source.label), source.seekable() as stream, zipfile.ZipFile(stream) as archive:
        _check_whole(source.label, archive)
        names = frozenset(archive.namelist())
        links = _links(source.label, archive, main)
        of_kind = {link.kind: link.part for link in links.values() if link.part in names}
        book = tags(source.label, _held(source.label, archive, main))
        styles = of_kind.get("styles", _USUAL_STYLES)
        return Book(
            source,
            tuple(SheetPart(tag.of("name"), _cells_of(tag, links, names))
                  for tag in book if tag.name == "sheet"),
            of_kind.get("sharedStrings"),
            _held(source.label, archive, styles) if styles in names else b"",
            any(tag.of("date1904") in ("1", "true") for tag in book if tag.name == "workbookPr"),
        )  # fmt: skip


@dataclass(frozen=True)
class _Link:
    """What one part says of another: of what kind it is, and its name within the zip."""

    kind: str
    part: str


def _links(label: str, archive: zipfile.ZipFile, of: str) -> dict[str, _Link]:
    """Return by id what a part links to; what the package itself does, where none is named."""
    folder, name = posixpath.split(of)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if beside not in archive.namelist():
        return {}
    return {
        tag.of("Id"): _Link(
            tag.of("Type").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, tag.of("Target"))).lstrip("/"),
        )
        for tag in tags(label, _held(label, archive, beside))
        if tag.name == "Relationship"
    }


def _cells_of(sheet: Tag, links: Mapping[str, _Link], names: frozenset[str]) -> str | None:
    link = links.get(sheet.of("id"))
    if link is None or link.kind != "worksheet":
        return None
    if link.part not in names:
        raise KeyError(link.part)  # a part that is promised and not there is damage
    return link.part


def _held(label: str, archive: zipfile.ZipFile, part: str) -> bytes:
    """Return a small part whole."""
    if archive.getinfo(part).file_size > _MOST_BYTES_HELD:
        raise too_large(label)
    return archive.read(part)


def _check_whole(label: str, archive: zipfile.ZipFile) -> None:
    """Read every part to its end: so a wrong size or check sum is noticed."""
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > _MOST_BYTES:
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
