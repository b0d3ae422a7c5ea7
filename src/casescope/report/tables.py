"""Shows released tables: one released table becomes one table of the report, cell by cell."""

from dataclasses import dataclass

from casescope.disclosure.released import ReleasedCell, ReleasedRow, ReleasedTable
from casescope.report.document import Table, TableRow
from casescope.report.prose import first_upper
from casescope.report.words import label

_RANGE = "Likely range (95%)"


@dataclass(frozen=True)
class _Column:
    """One column as shown: which released column it shows, and whether its interval."""

    at: int
    interval: bool = False


def shown(table: ReleasedTable, folded: bool = False, noted: bool = True) -> Table:
    """Return the table as the report shows it; intervals stand in the column after their figure.

    `noted` puts source, period and caveats under it (a figure has them under its chart).
    """
    columns = _columns(table)
    return Table(
        id=f"table-{table.id}".replace("_", "-"),
        caption=table.title if noted else f"{table.title} ({table.unit})",
        head=tuple(first_upper(d) for d in table.dimensions)
        + tuple(_head(table, column) for column in columns),
        rows=tuple(_row(table.id, row, columns) for row in table.rows),
        labels=len(table.dimensions),
        finding=table.id,
        notes=(about(table), *table.caveats) if noted else table.caveats,
        folded=folded or _tells_nothing(table),
    )


def _tells_nothing(table: ReleasedTable) -> bool:
    """Say whether every figure is hidden: such a table takes a line, until it is asked for."""
    return all(cell.hidden or not cell.shown for row in table.rows for cell in row.cells)


def about(table: ReleasedTable) -> str:
    """Return the line under a chart: what is counted, when, and from what."""
    parts = (
        first_upper(table.unit),
        table.period,
        f"Source: {table.source}" if table.source else "",
    )
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _columns(table: ReleasedTable) -> list[_Column]:
    columns: list[_Column] = []
    for at, _ in enumerate(table.columns):
        columns.append(_Column(at))
        if any(row.cells[at].interval for row in table.rows):
            columns.append(_Column(at, interval=True))
    return columns


def _head(table: ReleasedTable, column: _Column) -> str:
    return _RANGE if column.interval else first_upper(table.columns[column.at])


def _row(finding: str, row: ReleasedRow, columns: list[_Column]) -> TableRow:
    labels = tuple(
        first_upper(label(finding, place, name)) for place, name in enumerate(row.labels)
    )
    cells = tuple(_text(row.cells[column.at], column.interval) for column in columns)
    numbers = tuple(_number(row.cells[column.at], column.interval) for column in columns)
    return TableRow((*labels, *cells), row.total, ((None,) * len(labels)) + numbers)


def _number(cell: ReleasedCell, interval: bool) -> float | None:
    return None if interval or cell.hidden else cell.value


def _text(cell: ReleasedCell, interval: bool) -> str:
    if interval:
        return cell.interval or "–"
    return cell.shown or "–"
