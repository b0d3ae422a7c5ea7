"""A quick maker of one workbook of SSDA903 episodes, written as Excel writes it: `FILE ROWS SEED`.

Texts are shared strings and dates are numbers with a date's style; a million rows in seconds, which
no library that writes workbooks does.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.intake_returns import one_return

_AT_ONCE = 50_000
_DAY_0 = np.datetime64("1899-12-30")
_DAYS = ("DECOM", "DEC")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships"><workbookPr/><sheets><sheet name="Episodes" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Target="{target}" Type="http://schemas.'
            f'openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
            for number, (kind, target) in enumerate(
                [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                 ("sharedStrings", "sharedStrings.xml")], start=1)
        )
        + "</Relationships>"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/>'
        '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    ),
}  # fmt: skip


def make(path: Path, *, rows: int, seed: int) -> int:
    """Write a workbook of one sheet with so many rows below its header; return that number."""
    table = one_return(np.random.default_rng(seed), 2025, rows, as_text=False)
    words = pa.array(_words(table))
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, _XML + text)
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(_shared(words).encode())
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for text in _sheet(table, words):
                part.write(text.encode())
    return rows


def _words(table: pa.Table) -> list[str]:
    texts = [table[name].combine_chunks().unique() for name in table.column_names
             if name not in _DAYS]  # fmt: skip
    return sorted({*table.column_names, *(word for held in texts for word in held.to_pylist())})


def _shared(words: pa.Array) -> str:
    items = "".join(f"<si><t>{word}</t></si>" for word in words.to_pylist())
    return f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(words)}">{items}</sst>'


def _sheet(table: pa.Table, words: pa.Array) -> Iterator[str]:
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'
    yield from _rows(pa.table({name: [name] for name in table.column_names}), words, 1, ())
    for start in range(0, table.num_rows, _AT_ONCE):
        yield from _rows(table.slice(start, _AT_ONCE), words, start + 2, _DAYS)
    yield "</sheetData></worksheet>"


def _rows(table: pa.Table, words: pa.Array, first: int, days: tuple[str, ...]) -> Iterator[str]:
    numbers = pa.arange(first, first + table.num_rows).cast(pa.string())
    cells = [
        _day(column, letter, numbers) if name in days else _text(column, letter, numbers, words)
        for letter, name, column in zip(
            "ABCDEFGHIJKLM", table.column_names, table.columns, strict=True
        )
    ]
    yield "".join(_joined('<row r="', numbers, '" spans="1:13">', *cells, "</row>").to_pylist())


def _text(column: pa.ChunkedArray, letter: str, numbers: pa.Array, words: pa.Array) -> pa.Array:
    text = column.combine_chunks()
    places = pc.index_in(text, words).cast(pa.string())
    cell = _joined(f'<c r="{letter}', numbers, '" t="s"><v>', places, "</v></c>")
    return pc.if_else(pc.equal(text, ""), "", cell)


def _day(column: pa.ChunkedArray, letter: str, numbers: pa.Array) -> pa.Array:
    since = _DAY_0.astype(int)
    days = pc.subtract(column.combine_chunks().cast(pa.date32()).cast(pa.int32()), int(since))
    cell = _joined(f'<c r="{letter}', numbers, '" s="1"><v>', days.cast(pa.string()), "</v></c>")
    return pc.fill_null(cell, "")


def _joined(*parts: str | pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


if __name__ == "__main__":
    print(json.dumps({"rows": make(Path(sys.argv[1]), rows=int(sys.argv[2]),
                                   seed=int(sys.argv[3]))}))  # fmt: skip
