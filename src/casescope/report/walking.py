"""Goes through a document in the order in which it is read."""

from collections.abc import Iterator

from casescope.report.document import Block, Document, Figure, KeyFigures, Section, Table


def sections(document: Document) -> Iterator[Section]:
    """Yield every section, each before the sections inside it."""
    for section in document.sections:
        yield from _inside(section)


def blocks(document: Document) -> Iterator[Block]:
    """Yield every block of every section."""
    for section in sections(document):
        yield from section.blocks


def figures(document: Document) -> Iterator[Figure]:
    """Yield every chart."""
    for block in blocks(document):
        if isinstance(block, Figure):
            yield block


def tables(document: Document) -> Iterator[Table]:
    """Yield every table, those behind charts included."""
    for block in blocks(document):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table


def findings(document: Document) -> set[str]:
    """Return the ids of all findings of which the document shows anything."""
    keys = [block for block in blocks(document) if isinstance(block, KeyFigures)]
    return {table.finding for table in tables(document) if table.finding} | {
        key.finding for block in keys for key in block.items
    }


def _inside(section: Section) -> Iterator[Section]:
    yield section
    for inner in section.sections:
        yield from _inside(inner)
