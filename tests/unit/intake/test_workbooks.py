"""Excel workbooks: several sheets, titles above the header, dates however the cell holds them."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.chart import BarChart

from casescope.kernel.errors import InputRefused
from tests.unit.intake.kinds import book, given, packed
from tests.unit.intake.reading import read

HEADER = ["pers_person_id", "pers_forename", "pers_surname", "pers_dob"]


def test_each_sheet_is_a_table_of_its_own(tmp_path):
    found = read(given(tmp_path / "in", {"a.xlsx": book(
        people=[HEADER, [123, "Ana", "Núñez", date(2001, 2, 3)]],
        mothers=[["moth_person_id", "moth_childs_person_id"], ["007", 123]],
        notes=[["see the handbook"]], blank=[],
    )}))  # fmt: skip
    assert [(file.label, file.table, file.rows) for file in found.files] == [
        ("in/a.xlsx [people]", "person", 1), ("in/a.xlsx [mothers]", "mother", 1),
        ("in/a.xlsx [notes]", None, 0), ("in/a.xlsx [blank]", None, 0),
    ]  # fmt: skip
    assert found.files[3].note == "an empty sheet"
    assert found.rows("SELECT * EXCLUDE (_file, _row, _copies) FROM mother")[0][:2] == (
        "007",
        "123",
    )
    assert found.rows("SELECT encoding, separator FROM source_file WHERE rows_read > 0") == [
        ("XLSX", None), ("XLSX", None),
    ]  # fmt: skip


def test_a_number_that_is_an_id_has_no_point(tmp_path):
    rows = [
        HEADER,
        [1234567890123, "A", "B", None],
        [1.5, "A", "B", None],
        ["0012", "A", "B", None],
    ]
    found = read(given(tmp_path, {"a.xlsx": book(s=rows)}))
    assert set(found.column("SELECT pers_person_id FROM person")) == {
        "1234567890123", "1.5", "0012",
    }  # fmt: skip


@pytest.mark.parametrize("titles", [0, 1, 4, 28])
def test_the_header_may_stand_below_titles(tmp_path, titles):
    above = [["Prepared by Plantedname", None, "for the study"]] * titles
    rows = [*above, HEADER, ["1", "Ana", "B", "not a day"], [None] * 4, ["2", "Eve", "C", None]]
    found = read(given(tmp_path, {"a.xlsx": book(s=rows)}))
    assert found.rows("SELECT pers_person_id, _row FROM person ORDER BY 1") == [
        ("1", titles + 2), ("2", titles + 4),
    ]  # fmt: skip
    assert found.problems() == [("person", titles + 2, "pers_dob", "unreadable date")]
    assert "Planted" not in found.files[0].note


def test_a_table_may_begin_in_any_column(tmp_path):
    rows = [[None, None, *HEADER], [None, None, "1", "Ana", "B", date(2001, 2, 3)]]
    found = read(given(tmp_path, {"a.xlsx": book(s=rows)}))
    assert found.rows("SELECT pers_person_id, pers_dob FROM person") == [("1", date(2001, 2, 3))]


@pytest.mark.parametrize("from_1904", [False, True])
@pytest.mark.parametrize(
    ("cell", "meant"),
    [(date(2001, 2, 3), date(2001, 2, 3)),
     (datetime.fromisoformat("2001-02-03T23:59"), date(2001, 2, 3)),
     ("03/02/2001", date(2001, 2, 3)), ("2001-02-03", date(2001, 2, 3)), (None, None)],
)  # fmt: skip
def test_dates_as_cells_or_as_text(tmp_path, cell, meant, from_1904):
    content = book(s=[HEADER, ["1", "A", "B", cell]], from_1904=from_1904)
    found = read(given(tmp_path, {"a.xlsx": content}))
    assert (found.column("SELECT pers_dob FROM person"), found.problems()) == ([meant], [])


@pytest.mark.parametrize(
    ("number", "from_1904", "meant"),
    [(36925, False, date(2001, 2, 3)), (36925.75, False, date(2001, 2, 3)),
     (35463, True, date(2001, 2, 3)), ("36925", False, date(2001, 2, 3)),
     (25569, False, date(1970, 1, 1))],
)  # fmt: skip
def test_days_counted_from_1900_or_1904(tmp_path, number, from_1904, meant):
    """36,925 days after 30 December 1899, and 35,463 after 1 January 1904, is 3 February 2001."""
    content = book(s=[HEADER, ["1", "A", "B", number]], from_1904=from_1904)
    found = read(given(tmp_path, {"a.xlsx": content}))
    assert (found.column("SELECT pers_dob FROM person"), found.problems()) == ([meant], [])


@pytest.mark.parametrize("number", [2015, 0, 1, 9999, 999999, -36925])
def test_a_number_too_small_or_large_for_a_day_is_a_problem(tmp_path, number):
    """2015 in a column of dates is a year that someone typed, not the 7th of July 1905."""
    found = read(given(tmp_path, {"a.xlsx": book(s=[HEADER, ["1", "A", "B", number]])}))
    assert found.column("SELECT pers_dob FROM person") == [None]
    assert found.problems() == [("person", 2, "pers_dob", "unreadable date")]


def test_two_columns_of_one_name_in_a_table(tmp_path):
    content = book(s=[[*HEADER, " PERS_DOB"], ["1", "A", "B", None, None]])
    with pytest.raises(InputRefused) as caught:
        read(given(tmp_path / "in", {"a.xlsx": content}))
    assert caught.value.sentence == "in/a.xlsx [s]: columns 4 and 5 have the same name."


def test_two_columns_of_one_name_beside_the_point(tmp_path):
    """A sheet that is no table, a pivot table say, does not stop the load."""
    content = book(s=[HEADER, ["1", "A", "B", None]], pivot=[["Total", "Total"], [1, 2]])
    assert len(read(given(tmp_path, {"a.xlsx": content})).column("SELECT 1 FROM person")) == 1


def test_formulas_and_truths(tmp_path):
    rows = [["place_postcode", "place_in_authority"], ["=1+1", True], ["EX1", False], ["+EX2", 1]]
    found = read(given(tmp_path, {"a.xlsx": book(s=rows)}))
    assert set(found.rows("SELECT place_postcode, place_in_authority FROM place")) == {
        ("EX1", False), ("+EX2", True),
    }  # fmt: skip


def patched(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with something written otherwise in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    assert old in members[name]
    return packed({**members, name: members[name].replace(old, new)})


@pytest.mark.parametrize("far", [b'r="XFD1048576"', b'r="C9000000"', b'r="ZZZ99999"'])
def test_two_cells_in_opposite_corners_fill_no_memory(tmp_path, far):
    content = book(s=[HEADER, ["1", "A", "B", "C"]])
    content = patched(content, "xl/worksheets/sheet1.xml", b'r="D2"', far)
    with pytest.raises(InputRefused, match="too large for a workbook"):
        read(given(tmp_path, {"a.xlsx": content}))


def test_cells_that_do_not_say_where_they_stand_fill_no_memory(tmp_path):
    """3,000 cells in the last row and four in the second make no rectangle of three thousand
    million."""
    content = book(s=[HEADER, ["1", "A", "B", "C"]])
    content = patched(content, "xl/worksheets/sheet1.xml", b"</sheetData>",
                      b'<row r="1048576">' + b"<c/>" * 3000 + b"</row></sheetData>")  # fmt: skip
    found = read(given(tmp_path, {"a.xlsx": content}))
    assert found.rows("SELECT pers_person_id, _row FROM person") == [("1", 2)]


@pytest.mark.parametrize("row", [b"<row>" + b"<c/>" * 20_000 + b"</row>", b'<row r="1048577"/>',
                                 b'<row r="9"><c r="XFE9"/></row>'])  # fmt: skip
def test_more_than_a_sheet_may_hold(tmp_path, row):
    content = patched(book(s=[HEADER, ["1", "A", "B", "C"]]), "xl/worksheets/sheet1.xml",
                      b"</sheetData>", row + b"</sheetData>")  # fmt: skip
    with pytest.raises(InputRefused, match=r"\[s\] holds a sheet that is too large"):
        read(given(tmp_path, {"a.xlsx": content}))


def test_a_table_below_many_empty_rows_and_a_cell_in_the_last_row(tmp_path):
    content = book(s=[HEADER, ["1", "A", "B", "C"]])
    for old, new in ((b'"D2"', b'"D400000"'), (b'"C2"', b'"C400000"'), (b'"B2"', b'"B400000"'),
                     (b'"A2"', b'"A400000"'), (b'<row r="2"', b'<row r="400000"')):  # fmt: skip
        content = patched(content, "xl/worksheets/sheet1.xml", old, new)
    last = b'<row r="1048576"><c r="A1048576"><v>2</v></c></row></sheetData>'
    content = patched(content, "xl/worksheets/sheet1.xml", b"</sheetData>", last)
    found = read(given(tmp_path, {"a.xlsx": content}))
    assert found.rows("SELECT pers_person_id, _row FROM person ORDER BY 2") == [
        ("1", 400_000), ("2", 1_048_576),
    ]  # fmt: skip


def test_a_chart_among_the_sheets_is_left_out(tmp_path):
    workbook = openpyxl.Workbook()
    for row in (HEADER, [1, "A", "B", None]):
        workbook.active.append(row)
    workbook.create_chartsheet("Picture").add_chart(BarChart())
    held = io.BytesIO()
    workbook.save(held)
    found = read(given(tmp_path / "in", {"a.xlsx": held.getvalue()}))
    assert [(file.label, file.table, file.note) for file in found.files] == [
        ("in/a.xlsx [Sheet]", "person", ""),
        ("in/a.xlsx [Picture]", None, "a chart or a sheet of macros, no table"),
    ]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short(tmp_path, part):
    content = book(s=[HEADER, *[["1", "Plantedname", "B", "C"]] * 50])
    with pytest.raises(InputRefused, match=r"in/a.xlsx is damaged or unfinished") as caught:
        read(given(tmp_path / "in", {"a.xlsx": content[: int(len(content) * part)]}))
    assert "Planted" not in str(caught.value)


def test_a_workbook_with_a_damaged_part(tmp_path):
    content = book(s=[HEADER, ["1", "A", "B", "C"]])
    content = patched(content, "xl/worksheets/sheet1.xml", b"</sheetData>", b"<row")
    with pytest.raises(InputRefused, match="cannot be read as a workbook"):
        read(given(tmp_path, {"a.xlsx": content}))


@pytest.mark.parametrize("kind", ["xl/workbook.bin", "content.xml"])
def test_other_kinds_of_workbook_are_refused_with_what_to_do(tmp_path, kind):
    with pytest.raises(InputRefused) as caught:
        read(given(tmp_path, {"a.xlsb": packed({kind: "x"})}))
    assert ".xlsx" in caught.value.remedy


def elsewhere(content: bytes, *, absolute: bool) -> bytes:
    """Return a workbook whose parts lie in another folder, the first under another name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    moved = {}
    for name, held in members.items():
        held = held.replace(b"xl/workbook.xml", b"xl/book.xml").replace(b"/xl/", b"/parts/")
        held = held.replace(b'Target="xl/', b'Target="parts/')
        if not absolute:
            held = held.replace(b'Target="/parts/', b'Target="')
        new = name.replace("xl/", "parts/", 1) if name.startswith("xl/") else name
        moved[new.replace("workbook.xml", "book.xml")] = held
    assert "parts/book.xml" in moved
    return packed(moved)


@pytest.mark.parametrize("absolute", [True, False])
def test_the_list_of_sheets_is_where_the_package_says(tmp_path, absolute):
    """Some exporters write other names than Excel; dates and texts are found all the same."""
    content = book(people=[HEADER, [123, "Ana", "Núñez", date(2001, 2, 3)]], other=[["x"], ["y"]])
    content = elsewhere(content, absolute=absolute)
    found = read(given(tmp_path / "in", {"a.xlsx": content, "b.zip": packed({"c.xlsx": content})}))
    query = "SELECT pers_person_id, pers_surname, pers_dob FROM person"
    assert found.rows(query) == [("123", "Núñez", date(2001, 2, 3))]
    assert [file.label for file in found.files] == [
        "in/a.xlsx [people]", "in/a.xlsx [other]",
        "in/b.zip/c.xlsx [people]", "in/b.zip/c.xlsx [other]",
    ]  # fmt: skip


def test_a_document_is_a_package_and_no_workbook(tmp_path):
    links = ('<Relationships><Relationship Id="r" Type="http://x/relationships/officeDocument" '
             'Target="word/document.xml"/></Relationships>')  # fmt: skip
    letter = packed({"[Content_Types].xml": "<Types/>", "_rels/.rels": links,
                     "word/document.xml": "<w:document/>"})  # fmt: skip
    folder = given(tmp_path / "in", {"a.docx": letter, "b.csv": "pers_person_id\n1\n"})
    assert [(file.label, file.note) for file in read(folder).files] == [
        ("in/a.docx", "not a table"), ("in/b.csv", ""),
    ]  # fmt: skip


def test_a_locked_workbook(tmp_path):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(InputRefused, match="locked with a password"):
        read(given(tmp_path, {"a.xlsx": content}))
