"""The partner's edition: what it says first, that every table is there, and every face of it."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest

from casescope.actions.partner._report import partner_findings, partner_report
from casescope.dataset.sharing.opening import open_in_memory
from casescope.disclosure import release
from casescope.findings.shared_dataset import compute
from casescope.findings.shared_dataset.measures import SURVIVING
from casescope.kernel.errors import NotAllowed
from casescope.report.partner import document, package_facts
from casescope.report.walking import blocks, findings, sections
from tests.unit.sharing.drawn import crowd, packed

TODAY = date(2026, 11, 30)
MANIFEST = {
    "package": "ab12cd34", "version": "2", "study": "Eastshire scoping",
    "authority": "Eastshire Council", "partner": "Pause Eastshire", "purpose": "Plan a practice",
    "lawful_basis": "Public task", "agreement": "DSA 7", "made_on": "2026-11-01",
    "ends_on": "2027-02-01", "linkage": "lenient", "floor": "3", "women": "1400",
    "left_out": "12", "casescope": "0.1.0", "undertaking": "Nobody tries to find out who she is.",
    "canaries": "not for the page",
}  # fmt: skip


@pytest.fixture(scope="module")
def connection():
    with open_in_memory(packed(*crowd(500))) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(connection):
    faces = ("html", "json", "csv", "docx", "xlsx")
    return partner_report(connection, MANIFEST, "opensafely", TODAY, faces=faces)


def test_it_says_first_what_it_is_made_of(made):
    page = made.files["html"]["report.html"].decode()
    start = page.index("What this is made of")
    for said in ("1,400", "12 (too few others", "at least 3 who look alike",
                 "lenient linkage", "2022 quarter 2", "Not for publication"):  # fmt: skip
        assert said in page, said
    assert page.index("1,400") > start
    assert page.index("1,400") < page.index("Who the women are")
    assert "1 February 2027" in page
    assert "not for the page" not in page


def test_every_released_table_is_shown(connection, made):
    released = partner_findings(connection, "opensafely")
    shown = findings(document(released, package_facts(MANIFEST, ()), today=TODAY))
    everything = {table.id for table in released.tables} - {SURVIVING}
    assert everything <= shown
    assert made.released.digest() == released.digest()


def test_sections_come_in_order_and_say_how_women_are_protected(connection):
    one = document(partner_findings(connection, "hes"), package_facts({}, ()), today=TODAY)
    assert [section.id for section in one.sections] == [
        "dataset",
        "who",
        "live-with",
        "removed",
        "left",
        "disclosure",
        "glossary",
        "provenance",
    ]
    ids = [section.id for section in sections(one)]
    assert len(ids) == len(set(ids))
    text = " ".join(block.text for block in blocks(one) if hasattr(block, "text"))
    assert "Audited" in text
    assert "not stated" in str(one)


def test_figures_for_council_staff_are_refused(connection):
    staff = release(compute(connection), pack="working")
    with pytest.raises(NotAllowed, match="council staff alone"):
        document(staff, package_facts(MANIFEST, ()), today=TODAY)
    with pytest.raises(TypeError):
        document(compute(connection), package_facts(MANIFEST, ()), today=TODAY)


def test_json_holds_what_was_released_and_the_record_of_it(made):
    data = json.loads(made.files["json"]["report.json"])
    assert data["edition"]["name"] == "partner"
    assert data["package"]["package"] == "ab12cd34"
    assert data["package"]["steps"]["age"] == "five years"
    assert data["rules"]["name"] == "opensafely"
    assert data["provenance"]["disclosure"]["pack"] == "opensafely"
    assert "canaries" not in data["package"]
    ages = next(table for table in data["tables"] if table["id"] == "ages")
    assert all(cell["value"] is None or cell["value"] % 5 == 0
               for row in ages["rows"] for cell in row["cells"])  # fmt: skip


def test_tables_word_and_workbook_are_whole(made):
    tables = made.files["csv"]
    rows = list(csv.reader(io.StringIO(tables["shared-children.csv"].decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["1", "2", "3 or more", "Total"]
    assert "data-dictionary.csv" in tables
    for face in ("docx", "xlsx"):
        (raw,) = made.files[face].values()
        with zipfile.ZipFile(io.BytesIO(raw)) as whole:
            assert whole.testzip() is None


def test_the_pdf_is_made_and_the_same_package_makes_the_same_page(connection):
    first, again = (
        partner_report(connection, MANIFEST, "opensafely", TODAY, faces=faces).files
        for faces in (("pdf", "html"), ("html",))
    )
    assert first["pdf"]["report.pdf"].startswith(b"%PDF-")
    assert first["html"] == again["html"]
