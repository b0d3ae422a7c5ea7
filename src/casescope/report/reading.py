"""Finds released figures by id, column and label; one that is not there is None, never zero."""

from datetime import date

from casescope.disclosure.released import Released, ReleasedCell, ReleasedCurve, ReleasedTable


def table_of(released: Released, finding: str) -> ReleasedTable | None:
    """Return the table with this id that has rows, or None."""
    return next((t for t in released.tables if t.id == finding and t.rows), None)


def curve_of(released: Released, finding: str) -> ReleasedCurve | None:
    """Return the curve with this id, or None; it may be hidden."""
    return next((c for c in released.curves if c.id == finding), None)


def cell_of(table: ReleasedTable | None, column: str, *labels: str) -> ReleasedCell | None:
    """Return one cell, or None where the table, column or row does not exist."""
    if table is None or column not in table.columns:
        return None
    at = table.columns.index(column)
    return next((row.cells[at] for row in table.rows if row.labels == labels), None)


def value_of(cell: ReleasedCell | None) -> float | None:
    """Return the number a cell shows; None where it is hidden or missing."""
    return None if cell is None or cell.hidden else cell.value


def day_of(released: Released, fact: str) -> date | None:
    """Return a fact that is a date, or None where it is not stated."""
    text = released.facts.get(fact)
    return date.fromisoformat(text) if text else None
