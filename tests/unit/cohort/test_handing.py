"""The list as a file: marked above and below, and nothing in it can start a formula."""

import csv
import io

import pytest
from openpyxl import load_workbook

from casescope.identified.cohort.handing import COLUMNS, as_csv, as_workbook

WOMAN = {
    "woman": "-1+2", "person_ids": ["=1+1", "7"], "age": None, "tier": None,
    "reasons": ["1 child removed, latest on 2021-01-01"], "children": ["@c1"],
    "removed_children": ["c1"],
    "events": [{"date": "2021-01-01", "children": ["c1", "c2"], "route": "court"}],
    "repeat_events": 0, "in_her_care": "no", "pregnant": False, "doubts": [],
}  # fmt: skip
LIST = {
    "notice": "Not for contact, case recording or court evidence.", "asked_by": "ann",
    "asked_on": "2026-10-31", "expires_on": "2026-11-30", "reason": "=checking <ten> & more",
    "reference_date": "2026-03-31", "linkage": "lenient", "removals": "broad", "women": [WOMAN],
}  # fmt: skip


def from_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def from_workbook(content):
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type in ("s", "inlineStr", "n") for row in sheet for cell in row)
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture(params=[(as_csv, from_csv), (as_workbook, from_workbook)], ids=["csv", "xlsx"])
def rows(request):
    write, read = request.param
    return read(write(LIST))


def test_it_is_marked_above_and_below_and_says_when_it_ends(rows):
    assert rows[0] == rows[-1] == ["Not for contact, case recording or court evidence."]
    assert rows[1] == ["Asked for by ann on 2026-10-31: =checking <ten> & more"]
    assert rows[2] == ["Delete by 2026-11-30."]


def test_one_row_a_woman_under_its_heading(rows):
    assert rows[5] == list(COLUMNS)
    assert rows[6][:4] == ["'-1+2", "'=1+1, 7", "not known", "none"]
    assert rows[6][5] == "'@c1"
    assert rows[6][7] == "2021-01-01 court: c1, c2"
    assert len(rows) == 9


def test_two_workbooks_of_one_list_are_the_same_bytes():
    assert as_workbook(LIST) == as_workbook(LIST)
