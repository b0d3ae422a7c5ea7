"""What a document says, block by block, by a walk of its own: the oracle for the faces."""

from collections.abc import Iterator
from typing import Any

from casescope.report.document import (
    Callout,
    Definitions,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Points,
    Section,
    Table,
    Term,
)


def sections(parts: tuple[Section, ...]) -> Iterator[Section]:
    for part in parts:
        yield part
        yield from sections(part.sections)


def blocks(document: Document) -> Iterator[Any]:
    for part in sections(document.sections):
        yield from part.blocks


def prose(found: Any) -> Iterator[str]:
    """Yield the sentences of a block: no titles, no labels, no cells."""
    match found:
        case Paragraph():
            yield found.text
        case Points() | KeyFigures() | Definitions():
            for item in found.items:
                yield from (getattr(item, name) for name in ("text", "moves", "meaning")
                            if hasattr(item, name))  # fmt: skip
        case Callout():
            for inner in found.blocks:
                yield from prose(inner)


def words(found: Any) -> Iterator[str]:
    """Yield every text of a block, tables and captions included."""
    match found:
        case Table():
            yield from (found.caption, *found.head, *found.notes)
            yield from (cell for row in found.rows for cell in row.cells)
        case Figure():
            yield from (found.title, found.about, *words(found.table))
        case Callout():
            yield from (found.title, *(text for one in found.blocks for text in words(one)))
        case Paragraph() | KeyFigure() | Term():
            yield from vars(found).values()
        case Points() | KeyFigures() | Definitions():
            yield from (text for item in found.items for text in words(item))
        case _:
            raise TypeError(type(found).__name__)


def everything(document: Document) -> list[str]:
    """Return every text of the document."""
    found = [document.title, document.sentence, document.mark]
    found += [text for term in document.byline for text in (term.word, term.meaning)]
    found += [part.title for part in sections(document.sections)]
    found += [text for block in blocks(document) for text in words(block)]
    return [text for text in found if text]


def tables(document: Document) -> list[Table]:
    return [
        block if isinstance(block, Table) else block.table
        for block in blocks(document)
        if isinstance(block, Table | Figure)
    ]
