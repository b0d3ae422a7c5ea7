"""What was published: cells of a population, and what a reader can read off each figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

Standing = Literal["shown", "hidden", "withheld", "known"]
"""*shown*: printed, exactly or rounded. *hidden*: not printed because it is small. *withheld*: not
printed so that it gives no other away; it may itself be large. *known*: public from elsewhere."""

Groups = Mapping[str, Mapping[str, frozenset[str]]]
"""Dimension, then a category that is a union, then its members (which may be unions too)."""

Terms = tuple[tuple[int, "Cell"], ...]

Two = tuple["Cell", "Cell"]
"""Two counts whose difference may be a few people: who came, went, or is otherwise counted."""


@dataclass(frozen=True, order=True)
class Cell:
    """People of one universe in a category of some dimensions; other dimensions are summed over.

    `universe` names a population (or events, or money): counts of two universes are never added up.
    """

    universe: str
    categories: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, universe: str, categories: Mapping[str, str] | None = None) -> "Cell":
        """Return the cell of these categories, whatever order they are given in."""
        return cls(universe, tuple(sorted((categories or {}).items())))

    @cached_property
    def _said(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.categories) or "everybody"

    def __str__(self) -> str:
        return self._said


@dataclass(frozen=True, order=True)
class Place:
    """Where a figure stands, in a reader's words."""

    table: str
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.table, self.row, self.column) if part)


@dataclass(frozen=True)
class Figure:
    """A sum of whole multiples of cells, and the least and greatest value it can have (None: any).

    A count is one cell, once. A share, mean or difference is two. `terms` are in the order given.
    """

    place: Place
    terms: Terms
    least: int | None
    most: int | None
    standing: Standing = "shown"

    @property
    def cell(self) -> Cell | None:
        """The cell that this figure is the count of; None where it is no count."""
        return self.terms[0][1] if len(self.terms) == 1 and self.terms[0][0] == 1 else None

    @property
    def exact(self) -> bool:
        """Whether it says its value and no range."""
        return self.least is not None and self.least == self.most


def count(
    place: Place, cell: Cell, least: int, most: int | None, standing: Standing = "shown"
) -> Figure:
    """Return a count that lies from `least` to `most`; None is without end."""
    return Figure(place, ((1, cell),), least, most, standing)


def printed(place: Place, cell: Cell, value: int) -> Figure:
    """Return a count printed as it is."""
    return count(place, cell, value, value)


def hidden(place: Place, cell: Cell, least: int = 0, most: int | None = None) -> Figure:
    """Return a count that is not printed because it is small."""
    return count(place, cell, least, most, "hidden")


def difference(
    place: Place, newer: Cell, older: Cell, least: int | None, most: int | None
) -> Figure:
    """Return the change from one edition or group to another, which may be negative."""
    return Figure(place, ((1, newer), (-1, older)), least, most)


def ratio(
    place: Place, part: Cell, of: Cell, least: Fraction, most: Fraction
) -> tuple[Figure, Figure]:
    """Return a percentage or mean as the two inequalities that its printed digits say.

    23% to whole percents is from 225/1000 to 235/1000: `part` is at least the first times `of`, and
    at most the second. The edges are taken to be possible.
    """
    low, high = Fraction(least), Fraction(most)
    return (
        Figure(place, ((low.denominator, part), (-low.numerator, of)), 0, None),
        Figure(place, ((high.denominator, part), (-high.numerator, of)), None, 0),
    )
