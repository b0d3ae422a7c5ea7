"""The workbook: what it shows, that it is harmless, and what of it is taken back."""

import random
import tempfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from casescope.governance.link_decisions import Verdict
from casescope.identified.review.compare import compared
from casescope.identified.review.filled import Answer, read
from casescope.identified.review.side import Child, Name, Side
from casescope.identified.review.standing import Pair
from casescope.identified.review.view import View
from casescope.identified.review.workbook import (
    DECISION,
    FIRST,
    HEADINGS,
    ID,
    PAIRS,
    SEAL,
    WHY,
    harmless,
    written,
)
from casescope.kernel.errors import InputRefused

STUDY, EXPORT = "study-1", "export-1"
FORMULA = '=HYPERLINK("http://example.org","x")'


def view(one: str, other: str, name: str = "Anna") -> View:
    first = Side((one, "a2"), ("m1",), (Name(name, "Bell"),), born=(date(1990, 6, 15),))
    child = Child(5, "Tom Bell", date(2018, 3, 1), None)
    second = Side((other,), ("m2",), (Name("Anna", "Dunn"),), nhs_numbers=("9434765919",),
                  children=(child,))  # fmt: skip
    return View(Pair((1, 2), 0.8, "some reason"), first, second, compared(first, second))


def workbook(*views: View):
    content = written(views or (view("a1", "b1"), view("a3", "b3")), study_id=STUDY,
                      export_id=EXPORT)  # fmt: skip
    return openpyxl.load_workbook(BytesIO(content))


def column(name: str) -> int:
    return HEADINGS.index(name) + 1


def fill(book, row: int, decision: object, why: str = ""):
    book[PAIRS].cell(row, column(DECISION)).value = decision
    book[PAIRS].cell(row, column(WHY)).value = why
    return book


def content(book) -> bytes:
    saved = BytesIO()
    book.save(saved)  # as another program would write it
    return saved.getvalue()


def test_its_first_sheet_says_what_it_holds_before_anything_else():
    book = workbook()
    assert book.sheetnames == [FIRST, PAIRS]
    first = book[FIRST]["A1"].value
    assert "HOLDS PERSONAL DATA" in first
    text = " ".join(str(row[0]) for row in book[FIRST].iter_rows(values_only=True))
    for needed in ("same, different, or unsure", "Delete it", "name nobody"):
        assert needed in text


def test_a_row_holds_a_pair_side_by_side():
    (head, row, _) = workbook()[PAIRS].iter_rows(values_only=True)
    cells = dict(zip(head, row, strict=True))
    assert (cells["Names A"], cells["Names B"]) == ("Anna Bell", "Anna Dunn")
    assert (cells["Records A"], cells["Records B"]) == ("m1", "m2")
    assert (cells["Born A"], cells["Born B"]) == ("1990-06-15", None)
    assert cells["NHS number B"] == "••• ••• ••19"
    assert cells["Children B"] == "Tom Bell, 2018-03-01"
    assert cells["Agrees"] == "the same forename"
    assert cells["Disagrees"] == "different surnames"
    assert "about 80 of 100" in cells["How sure"]
    assert cells[DECISION] is None
    assert cells[ID] == "a1 b1"


def test_the_decision_is_chosen_from_a_list_and_the_rest_is_locked():
    sheet = workbook()[PAIRS]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"same,different,unsure"'
    assert str(choice.sqref) == "B2:B3"
    assert sheet.protection.sheet
    unlocked = {
        HEADINGS[cell.column - 1] for cell in sheet[2] if not cell.protection.locked
    }  # fmt: skip
    assert unlocked == {DECISION, WHY}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (FORMULA, f"'{FORMULA}"), ("+44", "'+44"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"), ("\r\n=1+1", "'=1+1"), ("Anna-May", "Anna-May"), ("", ""),
        ("x" * 40_000, "x" * 32_000),
    ],
)  # fmt: skip
def test_no_text_is_a_formula_even_after_saving_as_csv(text, shown):
    assert harmless(text) == shown


def test_a_name_that_is_a_formula_is_written_as_text():
    sheet = workbook(view("a1", "b1", FORMULA))[PAIRS]
    cell = sheet.cell(2, column("Names A"))
    assert cell.value == f"'{FORMULA} Bell"
    kinds = {one.data_type for row in sheet.iter_rows() for one in row if one.value is not None}
    assert kinds <= {"s", "inlineStr"}, "texts and nothing else, no formula"


def test_nothing_of_it_is_written_to_a_temporary_file(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", refuse)
    book = written([view("a1", "b1")], study_id=STUDY, export_id=EXPORT)
    assert read(book, study_id=STUDY).unanswered == 1


def test_what_was_filled_in_comes_back_whoever_saved_it():
    book = fill(fill(workbook(), 2, " Same", "same street"), 3, None)
    found = read(content(book), study_id=STUDY)
    assert found.export_id == EXPORT
    assert found.answers == (Answer(2, "a1", "b1", Verdict.SAME, "same street"),)
    assert found.unanswered == 1


def test_rows_may_be_deleted_and_moved():
    book = fill(workbook(), 3, "different")
    book[PAIRS].delete_rows(2)
    assert read(content(book), study_id=STUDY).answers == (
        Answer(2, "a3", "b3", Verdict.DIFFERENT, ""),
    )


@pytest.mark.parametrize("word", ["maybe", "yes", "1", 1, True, "same!", FORMULA])
def test_any_other_word_is_refused_by_row_and_column_and_not_quoted(word):
    book = fill(fill(workbook(), 2, "same"), 3, word)
    if isinstance(word, str):
        book[PAIRS].cell(3, column(DECISION)).data_type = "s"
    with pytest.raises(InputRefused) as refusal:
        read(content(book), study_id=STUDY)
    assert "row 3, column 'Decision'" in refusal.value.sentence
    assert str(word) not in str(refusal.value).replace("row 3", "").replace("column", "")


def test_a_formula_whose_value_nobody_worked_out_is_no_empty_cell():
    """Excel stores a formula's value beside it; other programs may not."""
    book = fill(fill(workbook(), 2, "same"), 3, '=IF(1=1,"same","different")')
    with pytest.raises(InputRefused, match="row 3, column 'Decision': a formula without a value"):
        read(content(book), study_id=STUDY)


SEALED = [name for name in HEADINGS if name not in ("No.", DECISION, WHY)]


@pytest.mark.parametrize("name", SEALED)
def test_a_row_in_which_anything_else_was_changed_is_refused(name):
    book = fill(workbook(), 2, "same")
    book[PAIRS].cell(3, column(name)).value = "changed by hand"
    with pytest.raises(InputRefused, match="row 3: something other than the decision"):
        read(content(book), study_id=STUDY)


def test_answers_moved_to_other_women_are_refused():
    """Sorting one column without the others would put answers beside the wrong women."""
    book = workbook()
    sheet = book[PAIRS]
    for name in (ID, SEAL):
        first, second = sheet.cell(2, column(name)), sheet.cell(3, column(name))
        first.value, second.value = second.value, first.value
    sheet.cell(2, column("Names A")).value = "Zara Bell"
    with pytest.raises(InputRefused, match="row 2: something other"):
        read(content(book), study_id=STUDY)


def test_a_row_that_was_copied_is_refused():
    book = fill(workbook(), 2, "same")
    for cell in book[PAIRS][2]:
        book[PAIRS].cell(4, cell.column).value = cell.value
    book[PAIRS].cell(4, column(DECISION)).value = "different"
    with pytest.raises(InputRefused, match="row 4: the same pair as in row 2"):
        read(content(book), study_id=STUDY)


def test_another_studys_workbook_is_refused():
    with pytest.raises(InputRefused, match="another study"):
        read(content(workbook()), study_id="study-2")


def test_a_row_of_another_export_is_refused():
    other = openpyxl.load_workbook(
        BytesIO(written([view("a1", "b1")], study_id=STUDY, export_id="export-2"))
    )
    book = workbook()
    for cell in other[PAIRS][2]:
        book[PAIRS].cell(2, cell.column).value = cell.value
    with pytest.raises(InputRefused, match="row 2: something other"):
        read(content(book), study_id=STUDY)


def test_a_heading_that_is_gone_is_refused():
    book = workbook()
    book[PAIRS].cell(1, column(WHY)).value = "Notes"
    with pytest.raises(InputRefused, match="row 1: the heading"):
        read(content(book), study_id=STUDY)


def other_workbook() -> bytes:
    return content(openpyxl.Workbook())


@pytest.mark.parametrize(
    ("given", "match"),
    [
        (b"", "cannot be read"),
        (b"not a workbook", "cannot be read"),
        (b"PK\x03\x04" + b"\0" * 200, "cannot be read"),
        (content(workbook())[:3000], "cannot be read"),
        (other_workbook(), "not a workbook that casescope exported"),
    ],
    ids=["empty", "text", "zip of nothing", "cut short", "another workbook"],
)
def test_what_is_no_workbook_is_refused(given, match):
    with pytest.raises(InputRefused, match=match):
        read(given, study_id=STUDY)


def test_a_bomb_is_refused_unread():
    from zipfile import ZIP_DEFLATED, ZipFile

    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(InputRefused, match="far larger"):
        read(packed.getvalue(), study_id=STUDY)


def repacked(book: bytes, change) -> bytes:
    """Return a workbook with each part as `change(name, content)` makes it."""
    from zipfile import ZipFile

    packed = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return packed.getvalue()


@pytest.mark.parametrize("far", [b"A99999999", b"ZZZ9999999", b"XFD1048576"])
def test_a_cell_that_claims_to_stand_far_away_takes_no_room(far):
    row = b'<row><c r="' + far + b'" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    far_away = repacked(
        content(fill(workbook(), 2, "same")),
        lambda name, part: part.replace(b"</sheetData>", row) if "sheet" in name else part,
    )
    try:
        found = read(far_away, study_id=STUDY)
    except InputRefused:
        return
    assert [answer.verdict for answer in found.answers] == [Verdict.SAME]


def test_whatever_is_done_to_a_file_it_is_read_or_refused():
    dice = random.Random(7)
    book = content(fill(workbook(), 2, "same"))

    def mangled(name: str, part: bytes) -> bytes:
        if not part or dice.random() < 0.7:
            return part
        spoilt = bytearray(part)
        place = dice.randrange(len(part))
        odd = dice.choice([b"<", b"\0", b"&x;", b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b'r="Z9"'])
        spoilt[place : place + dice.randrange(20)] = odd
        return bytes(spoilt[: dice.choice([len(spoilt), place])])

    outcomes = set()
    for _ in range(300):
        try:
            outcomes.add(len(read(repacked(book, mangled), study_id=STUDY).answers))
        except InputRefused:
            outcomes.add("refused")
    assert outcomes <= {0, 1, "refused"}
    assert "refused" in outcomes
