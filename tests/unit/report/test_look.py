"""The council's logo and colour stand on every face that has them, and harm none."""

import io
import struct
import zipfile
import zlib
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from casescope.actions.report._look import look_of
from casescope.governance.study_file.look_lines import LookLines
from casescope.governance.study_file.study import read_study
from casescope.kernel.errors import StudyFileRefused
from casescope.report.charts.palette import MAIN
from casescope.report.document import (
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
)
from casescope.report.faces.drawings import Drawings
from casescope.report.faces.pdf import pdf
from casescope.report.faces.word import word
from casescope.report.html import page
from casescope.report.look import Look, size_of
from tests.unit.governance.test_study_file import MINIMAL
from tests.unit.report.pdf_tags import Pdf

CRIMSON = "#7a0019"


def png(width: int, height: int) -> bytes:
    """Return a picture of one colour, put together by the letter of the PNG specification."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7a\0\x19" * width) * height)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


LOGO = png(40, 10)


def short(look: Look) -> Document:
    figures = KeyFigures((KeyFigure("Women", "25", "20 to 30", "records", "headline"),))
    sections = (Section("one", "A part", (Paragraph("Some words."), figures)),)
    return Document(title="A report", sentence="What it is.", byline=(), sections=sections,
                    author="Otterby Council", made_at=datetime(2026, 11, 2, tzinfo=UTC),
                    look=look)  # fmt: skip


BARE, DRESSED = short(Look()), short(Look(CRIMSON, LOGO))


def test_the_page_holds_the_logo_itself_with_whose_it_is():
    text = page(DRESSED, Drawings())
    held = f"data:image/png;base64,{b64encode(LOGO).decode()}"
    assert f'<img src="{held}" alt="Otterby Council">' in text
    assert "img-src data:;" in text
    assert CRIMSON in text


def test_a_page_without_a_logo_allows_no_picture():
    text = page(BARE, Drawings())
    assert "<img" not in text
    assert "img-src" not in text


def test_the_pdf_is_accessible_with_a_logo_and_tells_whose_it_is():
    """The typesetter refuses a PDF/UA-1 file in which a picture says nothing."""
    alone, dressed = (pdf(one, Drawings()) for one in (BARE, DRESSED))
    assert "Otterby Council" in [tag.alt for tag in Pdf(dressed).tree.all()]
    assert "Otterby Council" not in [tag.alt for tag in Pdf(alone).tree.all()]


def test_the_word_file_holds_the_logo_and_the_colour():
    with zipfile.ZipFile(io.BytesIO(word(DRESSED, Drawings()))) as file:
        pictures = [file.read(name) for name in file.namelist() if name.startswith("word/media/")]
        text, styles = (file.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
    assert pictures == [LOGO]
    assert 'descr="Otterby Council"' in text
    assert CRIMSON[1:].upper() in styles


@pytest.mark.parametrize("content", [
    b"", b"GIF89a" + bytes(40), LOGO[:20], LOGO.replace(b"IHDR", b"IDAT"), png(0, 10),
])  # fmt: skip
def test_only_a_png_has_a_size(content):
    assert size_of(content) is None


def test_a_logo_is_read_from_beside_the_study_file(tmp_path):
    (tmp_path / "logo.png").write_bytes(LOGO)
    assert look_of(tmp_path, LookLines(CRIMSON, "logo.png")) == Look(CRIMSON, LOGO)
    assert look_of(tmp_path, LookLines()) == Look(MAIN, b"")


@pytest.mark.parametrize(("content", "why"), [
    (None, "cannot be read"), (b"GIF89a", "is no PNG file"),
    (LOGO + bytes(512 * 1024), "is larger than half a megabyte"),
    (LOGO[:33], "is damaged"), (LOGO[:-20], "is damaged"),  # copied in part
    (LOGO[:50] + b"\0" + LOGO[51:], "is damaged"),
    (png(4001, 1), "is larger than 4,000 dots"),
])  # fmt: skip
def test_a_logo_that_cannot_be_shown_is_refused_by_its_name(tmp_path, content, why):
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(StudyFileRefused, match=f"logo.png {why}"):
        look_of(tmp_path, LookLines(logo="logo.png"))


@pytest.mark.parametrize(("line", "why"), [
    ('colour = "crimson"', 'report.colour must be a colour, like "#12436d"'),
    ("colour = 7", "report.colour must be a colour"),
    ('colour = "#ffdd00"', "report.colour must be a darker colour"),
    ('logo = "../logo.png"', "report.logo must be the name of a PNG file beside study.toml"),
    ('logo = "C:\\\\logo.png"', "report.logo must be the name of a PNG file"),
    ('logo = "logo.svg"', "report.logo must be the name of a PNG file"),
])  # fmt: skip
def test_a_look_that_could_not_be_read_is_refused(line, why):
    with pytest.raises(StudyFileRefused, match=why):
        read_study(f"{MINIMAL}[report]\n{line}\n")


def test_the_look_may_change_without_a_new_approval():
    study = read_study(MINIMAL)
    dressed = replace(study, report=LookLines(CRIMSON, "logo.png"))
    assert dressed.governed_digest() == study.governed_digest()
    assert read_study(f'{MINIMAL}[report]\ncolour = "#7A0019"\n').report.colour == CRIMSON
