"""Every table of a document with a name that a file or a sheet can have, and named columns."""

import re
from collections import Counter
from dataclasses import dataclass

from casescope.report.document import Block, Document, Figure, KeyFigures, Table, TableRow
from casescope.report.walking import blocks

_AROUND = re.compile(r"^(?:table|figure)-|-table$")


@dataclass(frozen=True)
class NamedTable:
    """A table with its name (letters, digits, hyphens), its columns, and the line on its source.

    `columns` are the table's headings, each made unlike every other.
    """

    name: str
    table: Table
    columns: tuple[str, ...]
    about: str = ""


def named_tables(document: Document) -> tuple[NamedTable, ...]:
    """Return every table in reading order: also those behind charts, and the key figures."""
    found = [pair for block in blocks(document) for pair in _tables(block)]
    often = Counter(_short(table.id) for table, _ in found)
    return tuple(
        NamedTable(_name(table.id, often), table, columns(table.head), about)
        for table, about in found
    )


def _tables(block: Block) -> list[tuple[Table, str]]:
    match block:
        case Table():
            return [(block, "")]
        case Figure():
            return [(block.table, block.about)]
        case KeyFigures():
            return [(_as_table(block), "")]
        case _:
            return []


def _as_table(keys: KeyFigures) -> Table:
    rows = tuple(TableRow((key.label, key.value, key.range, key.moves, key.finding))
                 for key in keys.items)  # fmt: skip
    head = ("Figure", "Value", "Range", "What would move it", "Finding")
    return Table("key-figures", "The main figures", head, rows, numeric=False)


def _name(table_id: str, often: Counter[str]) -> str:
    """Return a table's short name; where two tables share it, the one behind a chart says so."""
    short = _short(table_id)
    chart = often[short] > 1 and table_id.startswith("figure-")
    return f"{short}-chart" if chart else short


def columns(head: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings; one that stands there twice is told apart by the one before it."""
    often = Counter(head)
    told = [
        f"{head[at - 1]}: {name[:1].lower()}{name[1:]}" if often[name] > 1 and at else name
        for at, name in enumerate(head)
    ]
    seen: Counter[str] = Counter()
    unlike = []
    for name in told:
        seen[name] += 1
        unlike.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(unlike)


def has_numbers(table: Table, column: int) -> bool:
    """Say whether any cell of the column shows a released number."""
    return any(row.values and row.values[column] is not None for row in table.rows)


def _short(table_id: str) -> str:
    return _AROUND.sub("", table_id)
