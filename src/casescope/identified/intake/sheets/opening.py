"""From a file to its sheets: what kind it is, told by its content and never by its name."""

from collections.abc import Iterator

from casescope.identified.intake.recognise import Recognised, recognise
from casescope.identified.intake.sheet import LeftOut, Part, Sheet
from casescope.identified.intake.sheets import (
    cin_xml,
    parquet,
    separated,
    ssda903_xml,
    workbook,
    workbook_parts,
    zipped,
)
from casescope.identified.intake.sheets.source import Source, reading
from casescope.identified.intake.sheets.xml_events import events
from casescope.kernel.errors import InputRefused

_HEAD = 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = {
    b"%PDF": "a PDF is no table: ask for the table behind it",
    b"\x1f\x8b": "packed by gzip: unpack it first",
    b"7z\xbc\xaf\x27\x1c": "packed by 7-Zip: unpack it first",
    b"Rar!": "packed by RAR: unpack it first",
}
_TABLES = (".csv", ".tsv", ".txt", ".parquet", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xml",
           ".zip")  # fmt: skip
"""Names that promise a table: what bears one and cannot be read refuses the load."""

_SPREADSHEETS = (".csv", ".xlsx", ".xls")

_NOT_A_TABLE = "not a table"


def opened(source: Source, *, within_zip: bool = False) -> Iterator[Part]:
    """Yield each table-shaped part of what was given, or say why there is none.

    A refusal is yielded where a file that promises a table by its name cannot be read.
    """
    try:
        yield from _opened(source, within_zip=within_zip)
    except InputRefused as refusal:
        promises = source.suffix in _TABLES
        yield refusal if promises else LeftOut(source.label, _NOT_A_TABLE)


def _opened(source: Source, *, within_zip: bool) -> Iterator[Part]:
    with reading(source.label), source.open() as stream:
        head = stream.read(_HEAD)
    if head.startswith(_ZIP):
        yield from _packed(source, within_zip=within_zip)
    elif head.startswith(b"PAR1"):
        yield parquet.look(source)
    elif head.startswith(_OLE):
        yield from workbook.old_sheets(source)
    elif _is_markup(head):
        yield from _markup(source, head)
    else:
        yield from _text(source, head)


def _packed(source: Source, *, within_zip: bool) -> Iterator[Part]:
    names = zipped.names_in(source)
    main = workbook_parts.main_part(source)
    if main is not None:
        yield from workbook.sheets(source, main)
    elif any(name.startswith("xl/") for name in names) or "content.xml" in names:
        raise InputRefused(
            f"{source.label} is a kind of workbook that casescope does not read.",
            "Open it and save it as an Excel workbook (.xlsx), then load again.",
        )
    elif "[Content_Types].xml" in names:
        yield LeftOut(source.label, _NOT_A_TABLE)
    elif within_zip:
        raise InputRefused(
            f"{source.label} is a zip inside a zip.",
            "Unpack the outer one into the folder and load again.",
        )
    else:
        for member in zipped.members(source):
            if isinstance(member, LeftOut):
                yield member
            else:
                yield from opened(member, within_zip=True)


def _is_markup(head: bytes) -> bool:
    bare = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bare.startswith((b"<?", b"<!")) or (bare[:1] == b"<" and bare[1:2].isalpha())


def _markup(source: Source, head: bytes) -> Iterator[Sheet | LeftOut]:
    if b"<html" in head.replace(b"\0", b"").lower():
        yield _passed_over(source, "a web page, whatever its name")
        return
    root = next((event.name.upper() for event in events(source)), "")
    if root == "WORKBOOK":
        yield _passed_over(source, "a workbook written as XML")
        return
    readers = {ssda903_xml.ROOT: ssda903_xml.sheets, cin_xml.ROOT: cin_xml.sheets}
    if root not in readers:
        yield LeftOut(source.label, "XML that is neither an SSDA903 return nor a CIN census")
        return
    found = readers[root](source)
    yield from found
    if not found:
        yield LeftOut(source.label, "a return without a row that a study needs")


def _passed_over(source: Source, what: str) -> LeftOut:
    """Leave it out; but refuse it where its name is a spreadsheet's, as report servers call it."""
    if source.suffix in _SPREADSHEETS:
        raise InputRefused(
            f"{source.label} is {what}.", "Open it in Excel, save it as .xlsx, and load again."
        )
    return LeftOut(source.label, f"{what}: save the table as .xlsx or CSV")


def _text(source: Source, head: bytes) -> Iterator[Sheet | LeftOut]:
    for magic, note in _OTHER_KINDS.items():
        if head.startswith(magic):
            yield LeftOut(source.label, note)
            return
    if not head and source.suffix in _TABLES:
        yield LeftOut(source.label, "it is empty")
        return
    sheet = separated.look(source)
    if source.suffix in _TABLES or isinstance(recognise(sheet.header), Recognised):
        yield sheet
    else:
        yield LeftOut(source.label, _NOT_A_TABLE)
