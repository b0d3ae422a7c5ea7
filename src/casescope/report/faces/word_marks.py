"""Marks of Word that python-docx has no words for: fields, bookmarks, borders, lists, language."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph


def element(tag: str, /, **attributes: str) -> Any:  # noqa: ANN401 — lxml ships no types
    """Return one element of Word's own namespace with attributes of that namespace."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def begin_field(paragraph: "Paragraph", instruction: str) -> None:
    """Open a field; what is written next is its result until it is ended."""
    _mark(paragraph, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _mark(paragraph, "separate")


def end_field(paragraph: "Paragraph") -> None:
    """Close the field that was opened last."""
    _mark(paragraph, "end")


def field(paragraph: "Paragraph", instruction: str, result: str) -> None:
    """Write a whole field with the result that it would have."""
    begin_field(paragraph, instruction)
    paragraph.add_run(result)
    end_field(paragraph)


def _mark(paragraph: "Paragraph", kind: str) -> None:
    paragraph.add_run()._r.append(element("fldChar", fldCharType=kind))


def bookmark(paragraph: "Paragraph", number: int, name: str) -> None:
    """Put a bookmark round the paragraph."""
    paragraph._p.insert(1, element("bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def link(paragraph: "Paragraph", anchor: str, text: str) -> None:
    """Write a link to a bookmark of the same file."""
    made = element("hyperlink", anchor=anchor, history="1")
    made.append(paragraph.add_run(text)._r)
    paragraph._p.append(made)


def box(paragraph: "Paragraph", colour: str) -> None:
    """Draw a line at the left of the paragraph."""
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="24", space="8", color=colour))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def new_list(word: "Word", style: str) -> int:
    """Return the number of a new list in this style, which begins at 1 again."""
    of_style = word.styles[style].element.pPr.numPr.numId.val
    numbering = word.part.numbering_part.element
    kept = next(num for num in numbering.num_lst if num.numId == of_style)
    made = numbering.add_num(kept.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = made.numId
    return number


def in_list(paragraph: "Paragraph", number: int) -> None:
    """Make the paragraph an item of the list with this number."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def set_language(word: "Word", language: str) -> None:
    """State the language of every word of the file."""
    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    for lang in word.settings.element.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), language)


def set_font(word: "Word", name: str) -> None:
    """Set every style in one font; a theme's font would win over it, so it is taken away."""
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for key in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{key}"), name)


def unspread(word: "Word") -> None:
    """Take away the wide letters of the usual titles."""
    for spacing in list(word.styles.element.iter(qn("w:spacing"))):
        if spacing.getparent().tag == qn("w:rPr"):
            spacing.getparent().remove(spacing)


def describe(inline: Any, title: str, alt: str) -> None:  # noqa: ANN401 — python-docx's own shape
    """Give a picture its alternative text."""
    for properties in _properties(inline):
        properties.set("descr", alt)
        properties.set("title", title)


def _properties(inline: Any) -> Iterator[Any]:  # noqa: ANN401 — python-docx's own shape
    yield inline._inline.docPr
