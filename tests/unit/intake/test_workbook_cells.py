"""A workbook read slice by slice: whatever wrote it, and wherever a slice ends, nothing is lost."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given as arbitrary
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from casescope.identified.intake.sheets import workbook, workbook_slices
from casescope.identified.intake.sheets.source import FileSource
from casescope.kernel.errors import InputRefused
from tests.unit.intake.kinds import given, packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets><sheet name="s" sheetId="1" '
        'r:id="r1"/></sheets></workbook>')  # fmt: skip
LINKS = (f'<Relationships><Relationship Id="r1" Type="{KINDS}/worksheet" Target="/xl/any.xml"/>'
         f'<Relationship Id="r2" Type="{KINDS}/sharedStrings" Target="texts.xml"/>'
         "</Relationships>")  # fmt: skip
TEXTS = ('<sst><si><t>CHILD</t></si><si><r><t>De</t></r><r><rPr/><t>com</t></r></si>'
         '<si><t xml:space="preserve">a_x0041_ &amp; _xD800_</t><rPh><t>aloud</t></rPh></si>'
         "<si/><si><t/></si></sst>")  # fmt: skip


def by_hand(sheet: str, texts: str = TEXTS) -> bytes:
    """Return a workbook with this XML for its one sheet."""
    return packed({"xl/workbook.xml": BOOK, "xl/_rels/workbook.xml.rels": LINKS,
                   "xl/texts.xml": texts, "xl/any.xml": sheet})  # fmt: skip


def rows_of(folder, content: bytes) -> list[tuple]:
    """Return each sheet's rows: the header, then every row with its number."""
    path = given(folder, {"a.xlsx": content}) / "a.xlsx"
    found = []
    for sheet in workbook.sheets(FileSource(path, "a.xlsx")):
        wanted = frozenset(name.strip().upper() for name in sheet.header if name)
        found.append(tuple(sheet.header))
        for batch in sheet.batches(wanted):
            found += [tuple(row.values()) for row in batch.to_pylist()]
    return found


FORMS = {
    "as Excel writes": (
        '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c>'
        '<c r="B1" s="1" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3"><v>7</v></c></row>'
    ),
    "without places": (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row/>'
        '<row><c t="s"><v>2</v></c><c><v>7</v></c></row>'
    ),
    "attributes in another order": (
        "<row r='1'><c t='s' r='A1'><v> 0 </v></c><c t = 's' s='0' r='B1'>\n<v>1</v></c></row>"
        "<row r='3'><c t='s' r='A3'><f>A1</f><v>2</v></c><c r='B3'><f>3+4</f><v>7</v></c></row>"
    ),
    "in lower case, with inline texts": (
        '<row r="1"><c r="a1" t="inlineStr"><is><t>CHILD</t></is></c>'
        '<c r="b1" t="str"><f>x</f><v>Decom</v></c></row>'
        '<row r="3"><c r="a3" t="s"><v>2</v></c><c r="b3" t="n"><v>7.0</v></c></row>'
    ),
}


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("block", [1, 50, 1 << 22])
def test_every_way_of_writing_the_same_rows(tmp_path, monkeypatch, form, prefix, block):
    monkeypatch.setattr(workbook_slices, "_FIRST_BLOCK", block)
    monkeypatch.setattr(workbook_slices, "_BLOCK", block)
    inner = FORMS[form].replace("</", f"</{prefix}")
    for name in ("row", "c", "v", "f", "is", "t"):
        for end in (" ", ">", "/"):
            inner = inner.replace(f"<{name}{end}", f"<{prefix}{name}{end}")
    sheet = (f'<{prefix}worksheet xmlns="{MAIN}"><{prefix}dimension ref="A1:B3"/>'
             f"<{prefix}sheetData>{inner}</{prefix}sheetData></{prefix}worksheet>")  # fmt: skip
    assert rows_of(tmp_path, by_hand(sheet)) == [
        ("CHILD", "Decom"), ("aA & _xD800_", "7", 3),
    ]  # fmt: skip


def sheet_of(rows: str) -> str:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>"


HEAD = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


@pytest.mark.parametrize("place", ["3", "4"])
def test_a_cell_that_points_to_an_empty_text_is_empty(tmp_path, place):
    row = f'<row r="2"><c r="A2" t="s"><v>{place}</v></c></row><row r="3"><c r="A3"/></row>'
    assert rows_of(tmp_path, by_hand(sheet_of(HEAD + row))) == [("CHILD",)]


@pytest.mark.parametrize(
    "row",
    ['<row r="2"><c r="A2" t="s"><v>5</v></c></row>',
     '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
     '<row r="2"><c r="A2" t="s"><v>one</v></c></row>',
     '<row r="1"><c r="A1"><v>1</v></c></row>',
     '<row r="9"><c r="A9"/></row><row r="8"><c r="A8"/></row>',
     '<row r="2"><c r="A2"><v>\ufdd00</v></c></row>',
     '<row r="2"><c r="A2"><v>1</c></row>'],
)  # fmt: skip
def test_damage_within_a_sheet_is_refused(tmp_path, row):
    with pytest.raises(InputRefused, match="cannot be read as a workbook"):
        rows_of(tmp_path, by_hand(sheet_of(HEAD + row)))


@pytest.mark.parametrize(
    "texts", ["<sst><si><t>CHILD</t></si>", '<!DOCTYPE a [<!ENTITY b "CHILD">]><sst/>']
)
def test_damage_of_the_shared_texts_is_refused(tmp_path, texts):
    with pytest.raises(InputRefused, match="cannot be read as a workbook"):
        rows_of(tmp_path, by_hand(sheet_of(HEAD), texts))


def test_a_sheet_that_ends_too_soon_is_refused(tmp_path):
    """Cut after a whole row, it would look like a shorter sheet."""
    with pytest.raises(InputRefused, match="cannot be read as a workbook"):
        rows_of(tmp_path, by_hand(f"<worksheet><sheetData>{HEAD}"))


CELLS = st.one_of(
    st.none(), st.integers(-(10**9), 10**9),
    st.text(max_size=6).filter(lambda text: not ILLEGAL_CHARACTERS_RE.search(text)
                               and not text.startswith(("=", "#"))
                               and text == text.strip() and "_x" not in text
                               and "\r" not in text and "\ufdd0" not in text),
    st.dates(date(1930, 1, 1), date(2090, 1, 1)),
)  # fmt: skip


def as_text(cell: object) -> str:
    return "" if cell is None else str(cell)


@settings(max_examples=40, deadline=None)
@arbitrary(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=30),
    gaps=st.lists(st.sampled_from([1, 1, 1, 2, 40, 30_000]), min_size=30, max_size=30),
    left=st.integers(0, 60),
    block=st.sampled_from([7, 300, 5_000]),
    most=st.sampled_from([1, 200, 1 << 21]),
)
def test_whatever_is_written_is_read(tmp_path_factory, rows, gaps, left, block, most):
    """What a sheet holds is known, because it was written here; slices of any size show it."""
    sheet = openpyxl.Workbook().active
    written, at = [], 1
    for row, gap in zip([["CHILD", "DECOM", "RNE"], *rows], [0, *gaps], strict=False):
        at += gap
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.cell(at, left + place + 1, cell)
        written.append((*map(as_text, row), at))
    held = io.BytesIO()
    sheet.parent.save(held)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_slices, "_FIRST_BLOCK", block)
        patch.setattr(workbook_slices, "_BLOCK", block)
        patch.setattr(workbook_slices, "_MOST_CELLS", max(most, left + 3))
        found = rows_of(tmp_path_factory.mktemp("book"), held.getvalue())
    assert [name for name in found[0] if name] == ["CHILD", "DECOM", "RNE"]
    assert [row for row in found[1:] if any(row[:3])] == [
        row for row in written[1:] if any(row[:3])
    ]


def test_no_slice_is_larger_for_a_longer_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_slices, "_FIRST_BLOCK", 4_000)
    monkeypatch.setattr(workbook_slices, "_BLOCK", 4_000)
    largest = {}
    for length in (500, 5_000):
        rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, length))
        path = given(tmp_path, {"a.xlsx": by_hand(sheet_of(HEAD + rows))}) / "a.xlsx"
        (sheet,) = workbook.sheets(FileSource(path, "a.xlsx"))
        batches = list(sheet.batches(frozenset(["CHILD"])))
        assert sum(batch.num_rows for batch in batches) == length - 2
        largest[length] = max(batch.num_rows for batch in batches[1:])
    assert largest[500] == largest[5_000] < 200


def test_a_moment_is_a_moment(tmp_path):
    sheet = openpyxl.Workbook().active
    for row in (["CHILD", "at"], [1, datetime.fromisoformat("2020-02-03T04:05")]):
        sheet.append(row)
    held = io.BytesIO()
    sheet.parent.save(held)
    assert rows_of(tmp_path, held.getvalue())[1] == ("1", "2020-02-03T04:05:00", 2)
