"""The report as a Word file with real styles, captions and headers, for officers to edit."""

import io
from dataclasses import dataclass, field
from datetime import UTC
from typing import assert_never

import docx
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.shared import Emu, Inches, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from casescope.report.document import (
    Block,
    Callout,
    Definitions,
    Document,
    Figure,
    KeyFigures,
    Paragraph,
    Points,
    Section,
    Table,
)
from casescope.report.faces import word_marks as marks
from casescope.report.faces.drawings import Drawings
from casescope.report.faces.letters import in_xml
from casescope.report.faces.pictures import INCHES, pictures
from casescope.report.faces.word_styles import prepare
from casescope.report.faces.zips import steady
from casescope.report.templates import template

_TALLEST = 8.0
"""Inches: a picture and its caption fit on one page."""

_LOGO = Inches(2.4), Inches(0.75)
"""How wide and high a logo may be."""

_PAGE = round(INCHES * 72 * 20)
_LONGEST, _ON_A_LINE, _ROOM = 40, 104, 3
"""Letters: the widest column, what fits beside each other on the page, and what a column needs
more than its longest word, because headings are bold and cells keep a distance."""


@dataclass
class _Writer:
    """A Word file being written, and what has been counted in it."""

    word: Word
    images: dict[str, bytes]
    look: str
    counts: dict[str, int] = field(default_factory=dict)
    bookmarks: int = 0
    styles: dict[str, str | None] = field(default_factory=dict)

    def add(self, text: str = "", style: str = "Normal") -> WordParagraph:
        """Add a paragraph; a style is looked up once, for python-docx reads them all to find it."""
        paragraph = self.word.add_paragraph(in_xml(text))
        if style not in self.styles:
            paragraph.style = style
            self.styles[style] = paragraph._p.style
        paragraph._p.style = self.styles[style]
        return paragraph

    @property
    def colour(self) -> str:
        """Return the colour of rules and key figures as Word writes it."""
        return self.look.removeprefix("#").upper()

    def next_number(self, kind: str) -> int:
        """Return the next number of tables or figures."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]


def word(document: Document, drawings: Drawings) -> bytes:
    """Return the report as a .docx file; the same document always gives the same bytes."""
    writer = _Writer(docx.Document(), pictures(document, drawings), document.look.colour)
    prepare(writer.word, in_xml(document.title), in_xml(document.mark), writer.colour)
    _properties(writer.word, document)
    _head(writer, document)
    for at, section in enumerate(document.sections):
        _section(writer, section, 1)
        if at == 0:  # the first page answers; where to find the rest comes after it
            _contents(writer, document)
    made = io.BytesIO()
    writer.word.save(made)
    return steady(made.getvalue())


def _properties(file: Word, document: Document) -> None:
    about, made_at = file.core_properties, document.made_at.astimezone(UTC).replace(tzinfo=None)
    about.title, about.author = in_xml(document.title), in_xml(document.author)[:255]
    about.language, about.subject = "en-GB", in_xml(document.mark)
    about.last_modified_by, about.comments, about.keywords = about.author, "", ""
    about.created = about.modified = made_at
    about.revision = 1


def _head(writer: _Writer, document: Document) -> None:
    if document.look.logo:
        _logo(writer, document)
    writer.add(document.title, "Title")
    writer.add(document.sentence, "Subtitle")
    for term in document.byline:
        line = writer.add(f"{term.word}: ")
        line.add_run(in_xml(term.meaning)).bold = True


def _logo(writer: _Writer, document: Document) -> None:
    """Put the logo above the title, as high as a line of it or as wide as it may be."""
    picture = writer.add().add_run().add_picture(io.BytesIO(document.look.logo), height=_LOGO[1])
    if picture.width > _LOGO[0]:
        picture.height = Emu(round(_LOGO[0] * picture.height / picture.width))
        picture.width = _LOGO[0]
    marks.describe(picture, in_xml(document.author), in_xml(document.author))


def _contents(writer: _Writer, document: Document) -> None:
    """Write the contents with their field; it has no page numbers, so it is right as it stands."""
    writer.add("Contents", "TOC Heading")
    line = None
    for at, section in enumerate(document.sections, 1):
        line = writer.add(style="toc 1")
        if at == 1:
            marks.begin_field(line, r'TOC \o "1-1" \h \n \z')
        marks.link(line, f"part{at}", in_xml(section.title))
    if line is not None:
        marks.end_field(line)


def _section(writer: _Writer, section: Section, level: int) -> None:
    title = writer.add(section.title, f"Heading {level}")
    if level == 1:
        writer.bookmarks += 1
        marks.bookmark(title, writer.bookmarks, f"part{writer.bookmarks}")
    for block in section.blocks:
        _block(writer, block, level + 1)
    for inner in section.sections:
        _section(writer, inner, level + 1)


def _block(writer: _Writer, block: Block, level: int) -> None:
    match block:
        case Paragraph():
            _lead(writer.add(), block)
        case Points():
            _points(writer, block)
        case Table():
            _table(writer, block)
        case Figure():
            _figure(writer, block)
        case KeyFigures():
            _key_figures(writer, block)
        case Definitions():
            _definitions(writer, block)
        case Callout():
            _callout(writer, block, level)
        case _:
            assert_never(block)


def _lead(line: WordParagraph, words: Paragraph) -> WordParagraph:
    if words.lead:
        line.add_run(f"{in_xml(words.lead)} ").bold = True
    line.add_run(in_xml(words.text))
    return line


def _points(writer: _Writer, points: Points) -> list[WordParagraph]:
    style = "List Number" if points.ordered else "List Bullet"
    lines = [_lead(writer.add(style=style), item) for item in points.items]
    if points.ordered:
        number = marks.new_list(writer.word, style)
        for line in lines:
            marks.in_list(line, number)
    return lines


def _caption(writer: _Writer, kind: str, text: str, finding: str = "") -> None:
    line = writer.add(f"{kind} ", "Caption")
    marks.field(line, rf"SEQ {kind} \* ARABIC", str(writer.next_number(kind)))
    line.add_run(f". {in_xml(text)}")
    if finding:
        line.add_run(f"  Finding: {in_xml(finding)}").bold = False


def _table(writer: _Writer, table: Table) -> None:
    _caption(writer, "Table", table.caption, table.finding)
    made = parse_xml(in_xml(template("table.xml").render(table=table, widths=widths(table))))
    writer.word.element.body.insert_element_before(made, "w:sectPr")
    for note in table.notes:
        writer.add(note, "Note")
    if not table.notes:
        writer.add(style="Note")  # two tables that touch would become one


def widths(table: Table) -> list[int]:
    """Return each column's width in twentieths of a point: no word is broken where that can be.

    A column wants its longest cell on one line; where the page is too narrow for all, each gets
    its longest word and a fair part of the rest.
    """
    columns = list(zip(table.head, *(row.cells for row in table.rows), strict=True))
    least = [max(len(word) for cell in (*column, "") for word in cell.split(" ")) + _ROOM
             for column in columns]  # fmt: skip
    wanted = [max(few, min(_LONGEST, max(map(len, column[1:]), default=0)))
              for few, column in zip(least, columns, strict=True)]  # fmt: skip
    spare, lacking = _ON_A_LINE - sum(least), sum(wanted) - sum(least)
    part = min(1.0, max(0.0, spare / lacking)) if lacking else 0.0
    letters = [few + part * (many - few) for few, many in zip(least, wanted, strict=True)]
    return [int(_PAGE * count / sum(letters)) for count in letters]


def _figure(writer: _Writer, figure: Figure) -> None:
    _caption(writer, "Figure", figure.title)
    line = writer.add()
    line.paragraph_format.keep_with_next = True
    picture = line.add_run().add_picture(io.BytesIO(writer.images[figure.id]), Inches(INCHES))
    if picture.height > Inches(_TALLEST):
        scale = Inches(_TALLEST) / picture.height
        picture.width, picture.height = Inches(INCHES * scale), Inches(_TALLEST)
    marks.describe(picture, in_xml(figure.title), in_xml(figure.alt))
    writer.add(figure.about, "Note")
    _table(writer, figure.table)


def _key_figures(writer: _Writer, keys: KeyFigures) -> None:
    for key in keys.items:
        for line in (writer.add(key.label), writer.add(key.value, "Key Figure"),
                     writer.add(key.range)):  # fmt: skip
            line.runs[0].bold = True
            line.paragraph_format.keep_with_next = True
            line.paragraph_format.space_after = Pt(2)
        writer.add(f"What would move it: {key.moves} Finding: {key.finding}", "Note")


def _definitions(writer: _Writer, definitions: Definitions) -> None:
    for term in definitions.items:
        line = writer.add()
        line.add_run(in_xml(term.word)).bold = True
        line.add_run().add_break()
        line.add_run(in_xml(term.meaning))


def _callout(writer: _Writer, callout: Callout, level: int) -> None:
    lines = [writer.add(callout.title, f"Heading {level}")]
    for block in callout.blocks:
        match block:
            case Paragraph():
                lines.append(_lead(writer.add(), block))
            case Points():
                lines += _points(writer, block)
            case _:
                assert_never(block)
    for line in lines:
        marks.box(line, writer.colour)
