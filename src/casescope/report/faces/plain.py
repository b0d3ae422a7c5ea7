"""A document as plain data for the typesetter: nothing is left out, nothing is added."""

from collections.abc import Callable
from typing import Any, assert_never

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

Draw = Callable[[Figure], str]
"""Returns a chart's drawing as SVG text."""


def document_data(document: Document, draw: Draw) -> dict[str, Any]:
    """Return the whole document."""
    return {
        "title": document.title,
        "sentence": document.sentence,
        "byline": [vars(term) for term in document.byline],
        "author": document.author,
        "colour": document.look.colour,
        "logo": document.look.logo_drawing,
        "mark": document.mark,
        "stamp": document.stamp,
        "sections": [_section(section, draw) for section in document.sections],
    }


def _section(section: Section, draw: Draw) -> dict[str, Any]:
    return {
        "title": section.title,
        "short": section.short or section.title,
        "blocks": [_block(block, draw) for block in section.blocks],
        "sections": [_section(inner, draw) for inner in section.sections],
    }


def _block(  # noqa: PLR0911 — one return for each kind of block
    block: Block, draw: Draw
) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", **vars(block)}
        case Points():
            return {
                "kind": "points",
                "ordered": block.ordered,
                "items": [vars(item) for item in block.items],
            }
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, draw)
        case KeyFigures():
            return {"kind": "keys", "items": [vars(item) for item in block.items]}
        case Definitions():
            return {"kind": "terms", "items": [vars(item) for item in block.items]}
        case Callout():
            inner = [_block(one, draw) for one in block.blocks]
            return {"kind": "callout", "title": block.title, "blocks": inner}
        case _:
            assert_never(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "finding": table.finding,
        "head": table.head,
        "labels": table.labels,
        "numeric": table.numeric,
        "notes": table.notes,
        "rows": [{"cells": row.cells, "total": row.total} for row in table.rows],
    }


def _figure(figure: Figure, draw: Draw) -> dict[str, Any]:
    return {
        "kind": "figure",
        "id": figure.id,
        "title": figure.title,
        "alt": figure.alt,
        "about": figure.about,
        "svg": draw(figure),
        "table": _table(figure.table),
    }
