"""How far the headlines move: under the other linkage, and with one choice changed at a time."""

from dataclasses import replace

from casescope.disclosure.released import Released, ReleasedRow, ReleasedTable
from casescope.report.document import Paragraph, Points, Section, Shelf
from casescope.report.prose import span
from casescope.report.reading import table_of
from casescope.report.tables import shown

_RANGE = "Range"
_HOW = (
    "Another study might have made other choices. Each row of the table changes one of them and "
    "leaves all others as they are in this study. The first row is this study. The last two give "
    "the least and the most of all rows."
)
_READ = (
    "A range says how far these choices move a figure. It doesn’t say which is right, and it is "
    "not a likely range. A link that no linkage finds isn’t in any row."
)
_LINKAGES = (
    "A woman may have several records. Strict linkage joins only those that are declared to be "
    "hers or have exactly the same name and date of birth. Lenient linkage adds links that are "
    "probable. Missed links hide repeat removals; wrong ones invent them."
)


def section(released: Released) -> Section:
    """Return the section on sensitivity."""
    table, linkages = table_of(released, "sensitivity"), table_of(released, "headline_by_linkage")
    return Section(
        id="sensitivity",
        title=title_of(table),
        short="How far the figures move",
        blocks=Shelf()
        .put(
            Paragraph(_HOW) if table else Paragraph("No variation was worked out."),
            Points(tuple(Paragraph(words) for words in ranges(table))) if table else None,
            Paragraph(_READ) if table else None,
            shown(_narrow(table)) if table else None,
        )
        .all(),
        sections=_by_linkage(linkages),
    )


def title_of(table: ReleasedTable | None) -> str:
    """Return the title: the range of T1 over all rows, where both ends can be shown."""
    found = _range_of(table, "T1") if table else ""
    return f"Other choices give {found} women in T1" if found else "How far the figures move"


def ranges(table: ReleasedTable) -> list[str]:
    """Return each headline's figure and range as a sentence; a hidden end is left to the table."""
    own = table.rows[0]
    said = []
    for place, column in enumerate(table.columns):
        found, cell = _range_of(table, column), own.cells[place]
        if found and not cell.hidden:
            said.append(f"{column}: {cell.shown} here, {found} over all rows.")
    return said


def _range_of(table: ReleasedTable, column: str) -> str:
    ends = [row for row in table.rows if row.labels[0] == _RANGE]
    at = table.columns.index(column)
    if len(ends) != 2 or any(row.cells[at].hidden for row in ends):
        return ""
    return span(*(_shown(row, at) for row in ends))


def _shown(row: ReleasedRow, at: int) -> str:
    return row.cells[at].shown


def _narrow(table: ReleasedTable) -> ReleasedTable:
    """Return the table without likely ranges: it is wide enough, and about something else."""
    rows = tuple(
        replace(row, cells=tuple(replace(cell, interval="") for cell in row.cells))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _by_linkage(table: ReleasedTable | None) -> tuple[Section, ...]:
    if table is None:
        return ()
    return (
        Section(
            id="linkages",
            title="The headlines under both linkages",
            blocks=(Paragraph(_LINKAGES), shown(table)),
        ),
    )
