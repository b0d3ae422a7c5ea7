"""A group of people (or removals, events) that a figure counts, told by what puts them into it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Where: TypeAlias = Mapping[str, str]
"""A category for some of a universe's dimensions; over the others everything is summed."""

Labels: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Whom a figure counts: those of `universe` who are `where` says."""

    universe: str
    where: tuple[tuple[str, str], ...] = ()


Meaning: TypeAlias = Callable[[Labels, str], Group | None]
"""What the count in one row (its labels) and column of a table means; None: it counts no group."""


def group(universe: str, *wheres: Where) -> Group:
    """Return the group that all of `wheres` put together name."""
    together: dict[str, str] = {}
    for where in wheres:
        together |= where
    return Group(universe, tuple(sorted(together.items())))


def crossed(
    universe: str, row: str, columns: Mapping[str, Where | None], within: Where | None = None
) -> Meaning:
    """Rows are the categories of one dimension, columns groups; a total row has every category."""

    def meaning(labels: Labels, column: str) -> Group | None:
        across = columns.get(column)
        if across is None:
            return None
        down = {} if labels[-1] == "Total" else {row: labels[-1]}
        return group(universe, within or {}, across, down)

    return meaning


def named(rows: Mapping[str, Mapping[str, Group]]) -> Meaning:
    """Each row, told by its first label, names its own groups by column."""

    def meaning(labels: Labels, column: str) -> Group | None:
        return rows.get(labels[0], {}).get(column)

    return meaning


def alone(table: str) -> Meaning:
    """Every cell counts something of its own that no other figure bears on."""

    def meaning(labels: Labels, column: str) -> Group | None:
        return Group(" / ".join((table, *labels, column)))

    return meaning
