"""What the count in one row and column of a table means: the cell of people that it counts."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from casescope.disclosure.audit import Cell

Where: TypeAlias = Mapping[str, str]
"""A category for some of a universe's dimensions; over the others everything is summed."""

Labels: TypeAlias = tuple[str, ...]

Meaning: TypeAlias = Callable[[Labels, str], Cell | None]
"""The cell that a row (its labels) and column of a table count; None: they count nobody."""


class Shared(NamedTuple):
    """Whom a share is of: those whom it counts, the whole group, and those whom it leaves out."""

    part: Cell
    whole: Cell
    rest: Cell


Sharing: TypeAlias = Callable[[Labels], Shared]
"""Whom the shares of one column are of, by the labels of their row."""

Adding: TypeAlias = Callable[[Labels], tuple[Cell, ...]]
"""The cells whose counts, where they are shown, a sum adds up."""


def cell(universe: str, *wheres: Where) -> Cell:
    """Return the cell that all of `wheres` put together name."""
    together: dict[str, str] = {}
    for where in wheres:
        together |= where
    return Cell.of(universe, together)


def crossed(
    universe: str, row: str, columns: Mapping[str, Where | None], within: Where | None = None
) -> Meaning:
    """Rows are the categories of one dimension, columns cells; a total row has every category."""

    def meaning(labels: Labels, column: str) -> Cell | None:
        across = columns.get(column)
        if across is None:
            return None
        down = {} if labels[-1] == "Total" else {row: labels[-1]}
        return cell(universe, within or {}, across, down)

    return meaning


def named(rows: Mapping[str, Mapping[str, Cell]]) -> Meaning:
    """Each row, told by its first label, names its own cells by column."""

    def meaning(labels: Labels, column: str) -> Cell | None:
        return rows.get(labels[0], {}).get(column)

    return meaning


def alone(table: str) -> Meaning:
    """Every figure counts something of its own that no other figure bears on."""

    def meaning(labels: Labels, column: str) -> Cell | None:
        return Cell(" / ".join((table, *labels, column)))

    return meaning
