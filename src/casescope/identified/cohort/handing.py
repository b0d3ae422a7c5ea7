"""The cohort list as a file to hand to whoever checks it: CSV or a workbook, marked throughout.

Both are made in memory: nothing of them is ever in a temporary file. No cell can start a formula.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

COLUMNS = (
    "Woman", "Person ids", "Age", "Tier", "Why", "Children", "Removed children", "Removal events",
    "Repeat events", "Child in her care", "Pregnant", "Doubtful",
)  # fmt: skip

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_LINKS}"><sheets>'
    '<sheet name="Cohort" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
"""All of a workbook with one sheet but the sheet itself (ECMA-376)."""


def as_csv(found: dict[str, Any]) -> bytes:
    """Return the list as CSV that a spreadsheet opens as text (UTF-8 with a byte-order mark)."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(_rows(found))
    return stream.getvalue().encode("utf-8-sig")


def as_workbook(found: dict[str, Any]) -> bytes:
    """Return the list as an XLSX workbook of text cells only."""
    rows = "".join(
        "<row>"
        + "".join(
            f'<c t="inlineStr"><is><t xml:space="preserve">{_xml(cell)}</t></is></c>'
            for cell in row
        )
        + "</row>"
        for row in _rows(found)
    )
    sheet = f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            book.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return stream.getvalue()


def _xml(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))


def _rows(found: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the mark, the heading and one row a woman, each cell safe in a spreadsheet."""
    mark = [_safe(line) for line in heading(found)]
    yield from ([line] for line in mark)
    yield []
    yield list(COLUMNS)
    for woman in found["women"]:
        yield [_safe(cell) for cell in _cells(woman)]
    yield []
    yield mark[:1]


def heading(found: dict[str, Any]) -> list[str]:
    """Return what stands above every list: what it is not for, who asked, until when it may be."""
    return [
        found["notice"],
        f"Asked for by {found['asked_by']} on {found['asked_on']}: {found['reason']}",
        f"Delete by {found['expires_on']}.",
        f"{found['linkage']} linkage, {found['removals']} removals, at {found['reference_date']}",
    ]


def _cells(woman: dict[str, Any]) -> list[str]:
    events = [f"{e['date']} {e['route']}: {', '.join(e['children'])}" for e in woman["events"]]
    return [
        woman["woman"],
        ", ".join(woman["person_ids"]),
        "not known" if woman["age"] is None else str(woman["age"]),
        woman["tier"] or "none",
        "; ".join(woman["reasons"]),
        ", ".join(woman["children"]),
        ", ".join(woman["removed_children"]),
        "; ".join(events),
        str(woman["repeat_events"]),
        woman["in_her_care"],
        "yes" if woman["pregnant"] else "no",
        "; ".join(woman["doubts"]),
    ]


def _safe(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text.lstrip()) or _FORMULA.match(text) else text
