"""How the Word file looks: A4, one sans face, the report's colours, the mark on every page."""

from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from casescope.report.charts import palette
from casescope.report.faces import word_marks as marks

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import ParagraphStyle

FONT = "Arial"
_INK = palette.INK.removeprefix("#").upper()
_SOFT = "505A63"
_MARGIN = Mm(25)
_HEADINGS: dict[str, float] = {
    "Title": 24, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11,
    "TOC Heading": 14,
}  # fmt: skip
_OURS: dict[str, float] = {"Key Figure": 22, "Note": 8.5, "Table Text": 8.5, "toc 1": 10.5}


def prepare(word: "Word", title: str, mark: str, colour: str) -> None:
    """Set page, styles, language, and the lines at the head and the foot of every page."""
    for name in _OURS:
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
    _set_page(word, title, mark)
    _set_sizes(word, colour)
    marks.set_font(word, FONT)
    marks.unspread(word)
    marks.set_language(word, "en-GB")


def _set_page(word: "Word", title: str, mark: str) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    head = page.header.paragraphs[0]
    head.add_run(mark).bold = True
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{title}. Page ")
    marks.field(foot, "PAGE", "1")


def _set_sizes(word: "Word", colour: str) -> None:
    _look(word.styles["Normal"], 10.5, _INK, after=8)
    for name, size in _HEADINGS.items():
        _look(word.styles[name], size, _INK, after=6)
        word.styles[name].font.bold = True
    _look(word.styles["Subtitle"], 12.5, _INK, after=10)
    word.styles["Subtitle"].font.italic = False
    _look(word.styles["Caption"], 10.5, _INK, after=4)
    word.styles["Caption"].paragraph_format.keep_with_next = True
    for name, size in _OURS.items():
        _look(word.styles[name], size, _SOFT if name == "Note" else _INK, after=2)
    word.styles["Note"].paragraph_format.space_after = Pt(10)
    word.styles["Key Figure"].font.bold = True
    word.styles["Key Figure"].font.color.rgb = RGBColor.from_string(colour)


def _look(style: "ParagraphStyle", size: float, colour: str, after: float) -> None:
    style.font.size = Pt(size)
    style.font.name = FONT
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_after = Pt(after)
