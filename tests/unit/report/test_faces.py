"""Every face of both editions says the same, is accessible, and is the same bytes every time."""

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest
from openpyxl import load_workbook

from casescope.report.build import document
from casescope.report.charts.draw import drawn
from casescope.report.document import Figure, Section, Table, TableRow
from casescope.report.edition import Edition
from casescope.report.face import Face
from casescope.report.faces.drawings import Drawings
from casescope.report.faces.pdf import pdf
from casescope.report.faces.sheets import csv_files
from casescope.report.faces.word import word
from casescope.report.faces.workbook import workbook
from casescope.report.html import page
from casescope.report.rendering import rendered
from tests.unit.report import said
from tests.unit.report.county import ASSUMED, study_facts
from tests.unit.report.pdf_tags import Pdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SPACE = re.compile(r"[\s\u00ad‐-]")
"""Spaces and hyphens: lines are broken at different places in different faces."""

PUBLIC, WORKING = Edition.PUBLIC, Edition.WORKING


def close(text):
    return SPACE.sub("", text)


def missing(texts, face):
    """Return the texts that a face does not hold."""
    held = close(face)
    return [text for text in texts if close(text) not in held]


def word_parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def word_text(content):
    """Return the text of a Word file: the body, then what stands on every page."""
    parts = word_parts(content)
    names = ["word/document.xml", *sorted(n for n in parts if re.search("header|footer", n))]
    return "\n".join(
        "".join(node.text or "" for node in Xml.fromstring(parts[name]).iter(f"{W}t"))  # noqa: S314 — made by the code under test
        for name in names
    )


def page_text(content):
    text = re.sub("<style>.*?</style>|<svg.*?</svg>", "", content.decode(), flags=re.DOTALL)
    return unescape(re.sub("<[^>]+>", " ", text))


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# --- the same words


def test_the_web_page_says_everything(written, faces):
    assert missing(said.everything(written), page_text(faces[Face.HTML])) == []


def test_the_pdf_says_everything_in_its_tags(written, faces):
    assert missing(said.everything(written), Pdf(faces[Face.PDF]).tree.words) == []


def test_the_word_file_says_everything(written, faces):
    assert missing(said.everything(written), word_text(faces[Face.DOCX])) == []


def test_the_faces_are_looked_into_where_something_can_be_missing(faces):
    absent = ["a sentence that no report says"]
    for text in (page_text(faces[Face.HTML]), Pdf(faces[Face.PDF]).tree.words,
                 word_text(faces[Face.DOCX])):  # fmt: skip
        assert missing(absent, text) == absent


def test_each_table_is_a_csv_with_the_same_cells(written, faces):
    files = dict(faces[Face.CSV])
    files.pop("data-dictionary.csv")
    files.pop("key-figures.csv")
    tables = said.tables(written)
    assert len(files) == len(tables)
    for table, content in zip(tables, files.values(), strict=True):
        head, *rows = rows_of(content)
        shown = [at for at, name in enumerate(head) if not name.endswith(" (number)")]
        assert [[row[at] for at in shown] for row in rows] == [list(r.cells) for r in table.rows]
        assert len(set(head)) == len(head)


def test_numbers_stand_beside_the_words_only_where_they_were_released(released, all_faces):
    """Tiers as released: T1 125 (126 rounded), and what is hidden has no number anywhere."""
    files = all_faces[WORKING][Face.CSV]
    head, *rows = rows_of(files["tiers.csv"])
    assert dict(zip(head, rows[0], strict=True))["Broad (number)"] == "125"
    ethnic = [dict(zip(*pair, strict=True)) for pair in _paired(files["ethnicity.csv"])]
    asian = next(row for row in ethnic if row["Ethnic group"] == "Asian")
    assert (asian["T1"], asian["T1 (number)"]) == ("7 or fewer", "")


def _paired(content):
    head, *rows = rows_of(content)
    return [(head, row) for row in rows]


def test_each_table_is_a_sheet_with_the_same_cells(written, faces):
    book = load_workbook(io.BytesIO(faces[Face.XLSX]))
    sheets = [sheet for sheet in book if sheet.title.startswith("Table ")]
    tables = said.tables(written)
    assert len(sheets) == len(tables) + 1, "the key figures are a table there"
    for table, sheet in zip(tables, sheets[1:], strict=True):
        cells = [[shown(cell) for cell in row] for row in sheet.iter_rows()]
        expected = [[cell if re.search(r"\w", cell) else "[z]" for cell in row.cells]
                    for row in table.rows]  # fmt: skip
        assert [row[: len(table.head)] for row in cells[-len(expected) :]] == expected


def shown(cell):
    """Return a cell as a spreadsheet shows it."""
    if not isinstance(cell.value, int | float):
        return cell.value
    forms = {"#,##0": "{:,.0f}", "0%": "{:.0%}", "0.0": "{:.1f}", "0.00": "{:.2f}"}
    return forms[cell.number_format].format(cell.value)


# --- the PDF


def test_the_pdf_declares_and_keeps_the_standard(written, faces):
    """PDF/UA-1: declared in its metadata, titled, in British English, every part in the tree."""
    content = faces[Face.PDF]
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", content)
    assert b"/Lang(en-GB)" in content
    assert b"/DisplayDocTitle true" in content
    assert f'<rdf:li xml:lang="x-default">{written.title}' in content.decode("latin-1")
    assert b"/Marked true/Suspects false" in content


def test_the_pdf_has_headings_in_order_and_every_section(written, faces):
    tree = Pdf(faces[Face.PDF]).tree
    heads = [(int(tag.kind[1]), tag.words) for tag in tree.all() if re.match(r"H\d", tag.kind)]
    assert all(later <= earlier + 1 for (earlier, _), (later, _) in pairwise(heads))
    titles = [close(part.title) for part in said.sections(written.sections)]
    assert [t for t in titles if t in {close(text) for _, text in heads}] == titles


def test_every_chart_of_the_pdf_has_its_words(written, faces):
    tree = Pdf(faces[Face.PDF]).tree
    charts = [b.alt for b in said.blocks(written) if type(b).__name__ == "Figure"]
    assert [tag.alt for tag in tree.all() if tag.alt] == charts


def test_every_table_of_the_pdf_has_a_header_row(written, faces):
    tree = Pdf(faces[Face.PDF]).tree
    tables = [tag for tag in tree.all() if tag.kind == "Table"]
    assert len(tables) == len(said.tables(written))
    for tag, table in zip(tables, said.tables(written), strict=True):
        heads = [one for one in tag.all() if one.kind == "TH"]
        assert [close(one.words) for one in heads] == [close(name) for name in table.head]
        assert all(b"/Scope/Column" in one.raw for one in heads)
        assert sum(one.kind == "TR" for one in tag.all()) == len(table.rows) + 1


def test_the_pdf_holds_one_family_of_fonts_and_no_outside_address(faces):
    content = faces[Face.PDF]
    fonts = {name.rpartition(b"+")[2] for name in re.findall(rb"/BaseFont/([\w+-]+)", content)}
    assert fonts
    assert all(font.startswith(b"SourceSansPro-") for font in fonts)
    assert b"/URI" not in content


def test_the_mark_stands_on_every_page_of_the_pdf(written, faces):
    read = Pdf(faces[Face.PDF])
    assert len(read.pages) >= 10
    for words in read.pages.values():
        assert close(written.mark) in close("".join(words.values()))


def test_the_first_page_of_the_pdf_holds_its_chart(released, edition):
    """Four figures, what is said of the women, and where the answer flips: on one printed page."""
    made = document(released, study_facts(**ASSUMED), edition)
    chart = next(block for block in made.sections[0].blocks if isinstance(block, Figure))
    pages = [close("".join(words.values())) for words in Pdf(pdf(made, Drawings())).pages.values()]
    (first,) = [page for page in pages if close(made.sentence) in page]
    assert close(chart.title) in first
    assert close(chart.about) in first


# --- Word


@pytest.fixture
def body(faces):
    return Xml.fromstring(word_parts(faces[Face.DOCX])["word/document.xml"])  # noqa: S314 — made by the code under test


def styled(body, style):
    return [
        "".join(node.text or "" for node in line.iter(f"{W}t"))
        for line in body.iter(f"{W}p")
        if (found := line.find(f"{W}pPr/{W}pStyle")) is not None and found.get(f"{W}val") == style
    ]


def test_headings_of_the_word_file_are_real_and_in_order(written, body):
    assert styled(body, "Heading1") == [part.title for part in written.sections]
    found = {text for level in range(1, 5) for text in styled(body, f"Heading{level}")}
    assert {part.title for part in said.sections(written.sections)} <= found
    assert styled(body, "Title") == [written.title]


def test_tables_of_the_word_file_repeat_their_marked_header(written, body):
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == len(said.tables(written))
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
        assert table.find(f"{W}tblPr/{W}tblBorders/{W}insideV") is None


def test_captions_count_by_fields(written, body):
    fields = [node.text.strip() for node in body.iter(f"{W}instrText")]
    charts = [b for b in said.blocks(written) if type(b).__name__ == "Figure"]
    assert sum(field.startswith("TOC ") for field in fields) == 1
    assert fields.count(r"SEQ Table \* ARABIC") == len(said.tables(written))
    assert fields.count(r"SEQ Figure \* ARABIC") == len(charts)
    numbered = [text for text in styled(body, "Caption") if text.startswith("Figure ")]
    assert numbered == [f"Figure {at}. {b.title}" for at, b in enumerate(charts, 1)]


def test_contents_of_the_word_file_lead_to_the_headings(written, body):
    marks = {node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")}
    links = {node.get(f"{W}anchor"): "".join(t.text or "" for t in node.iter(f"{W}t"))
             for node in body.iter(f"{W}hyperlink")}  # fmt: skip
    assert set(links) == marks
    assert list(links.values()) == [part.title for part in written.sections]


def test_pictures_of_the_word_file_have_their_words(written, body):
    charts = [b.alt for b in said.blocks(written) if type(b).__name__ == "Figure"]
    assert [node.get("descr") for node in body.iter(f"{DRAWING}docPr")] == charts


def test_the_word_file_states_title_language_and_mark(written, faces):
    parts = word_parts(faces[Face.DOCX])
    core = parts["docProps/core.xml"].decode()
    assert f"<dc:title>{written.title}</dc:title>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    languages = re.findall(rb'<w:lang [^>]*w:val="([^"]+)"', parts["word/styles.xml"])
    assert set(languages) == {b"en-GB"}
    header = next(text for name, text in parts.items() if "header" in name)
    assert written.mark in header.decode()


# --- the workbook and the tables


def test_the_workbook_has_cover_contents_notes_and_the_mark_on_every_sheet(written, faces):
    book = load_workbook(io.BytesIO(faces[Face.XLSX]))
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    for sheet in book:
        assert written.mark in sheet.oddHeader.left.text
    for sheet in book.worksheets[3:]:
        assert len(sheet.tables) == 1
        assert sheet["A2"].value == written.mark
    assert book.properties.title == written.title
    links = [cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[3:]]


def test_notes_of_every_table_are_on_the_notes_sheet(written, faces):
    book = load_workbook(io.BytesIO(faces[Face.XLSX]))
    held = {cell.value for row in book["Notes"].iter_rows() for cell in row}
    notes = {note for table in said.tables(written) for note in table.notes}
    assert notes
    assert notes <= held


def test_the_dictionary_knows_every_column_of_every_table(written, faces, released):
    files = dict(faces[Face.CSV])
    head, *rows = rows_of(files.pop("data-dictionary.csv"))
    entries = [dict(zip(head, row, strict=True)) for row in rows]
    for name, content in files.items():
        known = [entry["column"] for entry in entries if entry["file"] == name]
        assert known == rows_of(content)[0], name
    assert all(entry["meaning"] and entry["edition"] == written.mark for entry in entries)
    ages = next(entry for entry in entries if entry["table"] == "ages")
    found = released.table("ages")
    assert (ages["unit"], ages["source"], ages["period"]) == (
        found.unit, found.source, found.period,
    )  # fmt: skip


# --- the same bytes, whatever the words are


def test_the_same_document_gives_the_same_bytes(all_faces, released):
    drawn.cache_clear()
    again = rendered(released, study_facts(), tuple(Edition), tuple(Face))
    assert again == all_faces


HOSTILE = '=1+1 "]) $$x$$ [a](b) <b>&amp; #panic("x") \\ `{{ }}` 中 \u0007 @SUM(A1) '


@pytest.fixture(scope="module")
def hostile(small):
    facts = study_facts(authority=HOSTILE, partner=HOSTILE, name=HOSTILE, purpose=HOSTILE)
    return rendered(small, facts, tuple(Edition), tuple(Face))


@pytest.mark.parametrize("edition", list(Edition))
def test_words_of_a_study_are_never_read_as_anything_else(hostile, edition):
    """As far as each kind of file can hold the letters at all, the words stand as given."""
    files = hostile[edition]
    told = '=1+1 "]) $$x$$ [a](b) <b>&amp; #panic("x") \\ `{{ }}`'
    assert close(told) in close(page_text(files[Face.HTML]["report.html"]))
    assert close(told) in close(Pdf(files[Face.PDF]["report.pdf"]).tree.words)
    assert close(told) in close(word_text(files[Face.DOCX]["report.docx"]))
    book = load_workbook(io.BytesIO(files[Face.XLSX]["report.xlsx"]))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds, "no formula"


FORMULAS = ("=1+1", "+44 1865", "-2+3", "@SUM(A1)", "\t=1+1", "  =1+1")


@pytest.fixture
def with_formulas(written):
    """A document whose one table begins every cell as a formula begins."""
    table = Table("table-x", "=1+1", FORMULAS, (TableRow(FORMULAS),), numeric=False)
    return replace(written, sections=(Section("a", "A", (table,)),))


def test_no_cell_of_a_csv_can_start_a_formula(with_formulas, released):
    files = csv_files(with_formulas, released)
    assert rows_of(files["x.csv"])[1] == [f"'{cell}" for cell in FORMULAS]
    cells = [cell for content in files.values() for row in rows_of(content) for cell in row]
    assert not [cell for cell in cells if re.match(r"\s*[=+@\t\r-]", cell)]


def test_no_cell_of_the_workbook_is_a_formula(with_formulas):
    book = load_workbook(io.BytesIO(workbook(with_formulas)))
    cells = [cell for row in book["Table 1"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert [cell.value for cell in cells[-len(FORMULAS) :]] == list(FORMULAS)


def test_counts_and_shares_are_numbers_in_the_workbook(all_faces):
    """As released: T1 is 125 of 126, and domestic abuse is recorded for 80 of 125, 64%."""
    book = load_workbook(io.BytesIO(all_faces[WORKING][Face.XLSX]["report.xlsx"]))
    cells = {(cell.value, cell.number_format) for sheet in book for row in sheet.iter_rows()
             for cell in row if isinstance(cell.value, int | float)}  # fmt: skip
    assert {(125, "#,##0"), (0.64, "0%")} <= cells


@dataclass(frozen=True)
class Unknown:
    """A block that no face has heard of."""


@pytest.mark.parametrize("make", [page, pdf, word])
def test_a_block_that_a_face_does_not_know_is_a_fault(written, make):
    strange = replace(written, sections=(Section("a", "A", (Unknown(),)),))
    with pytest.raises((TypeError, AssertionError)):
        make(strange, Drawings())


# --- the two editions


def test_the_public_edition_is_shorter_and_says_nothing_that_the_working_one_does_not(released):
    working, public = (document(released, study_facts(), one) for one in (WORKING, PUBLIC))
    tables = {table.id: table for table in said.tables(working)}
    for table in said.tables(public):
        assert tables[table.id] == table
    titles = [{part.id: part for part in said.sections(one.sections)} for one in (working, public)]
    assert {"method", "quality", "sensitivity", "provenance"} <= set(titles[0])
    assert set(titles[1]) - set(titles[0]) == {"protection", "sources"}
    assert "glossary" in titles[1]
    long, short = (sum(map(len, said.everything(one))) for one in (working, public))
    assert short < 0.75 * long


def test_the_public_edition_holds_none_of_the_councils_references(all_faces, released):
    facts = study_facts()
    told = json.loads(all_faces[PUBLIC][Face.JSON]["report.json"])
    words = " ".join(said.everything(document(released, facts, PUBLIC))) + json.dumps(told)
    for _, value in facts.references:
        assert value not in words
        assert value in json.dumps(json.loads(all_faces[WORKING][Face.JSON]["report.json"]))
    assert told["edition"] == {"name": "public", "mark": "Draft: not yet released"}
    assert "impossible" not in {table["id"] for table in told["tables"]}


@pytest.fixture(scope="module")
def files_out(out):
    """The files of the public edition, once released."""
    return rendered(out, study_facts(), [PUBLIC], tuple(Face))[PUBLIC]


def test_once_released_every_face_says_when_and_none_says_draft(all_faces, files_out):
    """The words are the same but for the mark, and the figures are the same."""
    files = files_out
    draft, mark = all_faces[PUBLIC], "Public edition, released on 30 November 2026."
    page = page_text(files[Face.HTML]["report.html"])
    tree = Pdf(files[Face.PDF]["report.pdf"]).tree.words
    book = load_workbook(io.BytesIO(files[Face.XLSX]["report.xlsx"]))
    for words in (
        page, tree, word_text(files[Face.DOCX]["report.docx"]),
        files[Face.CSV]["data-dictionary.csv"].decode(),
        " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row),
    ):  # fmt: skip
        assert close(mark) in close(words)
        assert "Draft" not in words
    before = page_text(draft[Face.HTML]["report.html"])
    assert page.replace(mark, "Draft: not yet released") == before
    told, earlier = (json.loads(one[Face.JSON]["report.json"]) for one in (files, draft))
    assert told.pop("edition") == {"name": "public", "mark": mark}
    assert (told.pop("audience"), told.pop("released_on")) == ("public", "2026-11-30")
    earlier.pop("edition"), earlier.pop("audience")
    assert told == earlier


def test_a_released_edition_gives_the_same_bytes_twice(out, files_out):
    drawn.cache_clear()
    again = rendered(out, study_facts(), [PUBLIC], (Face.PDF, Face.XLSX, Face.JSON))[PUBLIC]
    assert again == {face: files_out[face] for face in again}


def test_the_working_edition_is_for_council_staff_whatever_was_released(out):
    marked = document(out, study_facts(), WORKING)
    assert "for council staff only" in marked.mark
    assert marked.stamp == "Working edition"
    assert document(out, study_facts(), PUBLIC).stamp == ""


def test_both_editions_say_what_they_are(all_faces):
    working = page_text(all_faces[WORKING][Face.HTML]["report.html"])
    assert "for council staff only. Exempt from publication." in working
    assert "not yet released" in page_text(all_faces[PUBLIC][Face.HTML]["report.html"])
