"""The linear system: whole, non-negative atoms, and a row for each figure and shared margin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casescope.disclosure.audit.blocks import Blocks, Dimensions, blocks_of
from casescope.disclosure.audit.classes import Classes
from casescope.disclosure.audit.figures import Cell, Figure, Groups, Terms
from casescope.kernel.errors import InputRefused

Ints = NDArray[np.int64]


class Vector(NamedTuple):
    """A sum of atoms, in their order, and how many times each is in it."""

    atoms: Ints
    times: Ints


MOST_COLUMNS = 500_000
"""Before equal ones are made one; more would take minutes and gigabytes."""

_SEED = 20260801


@dataclass(frozen=True)
class Row:
    """One linear fact: the sum of coefficient times atom lies from `least` to `most`.

    `figure` is the number of the figure that says it; None where two tables share a margin.
    """

    atoms: Ints
    coefficients: Ints
    least: int | None
    most: int | None
    figure: int | None


class System:
    """Everything a reader knows, over atoms that no figure tells further apart."""

    def __init__(
        self, figures: Sequence[Figure], groups: Groups, more: Mapping[str, Set[str]]
    ) -> None:
        """Build it; `more` are categories that exist though no figure is of them."""
        self.figures, self.groups, self.more = tuple(figures), groups, more
        self._universes = _universes(figures, groups, more)
        raw = [*self._figure_rows(), *self._shared_margins()]
        self._atoms_of: dict[Cell, Ints] = {}
        self._vectors: dict[Terms, Vector] = {}
        self.counting = {one.cell: n for n, one in enumerate(figures) if one.cell is not None}
        self._merged, self.atoms = _merged(raw, sum(one.size for one in self._universes.values()))
        self.rows = tuple(self._row(*one) for one in raw)

    @property
    def exact(self) -> bool:
        """Whether every ring of tables was looked at as a whole."""
        return all(one.blocks.exact for one in self._universes.values())

    def saying(self, figures: Sequence[Figure]) -> "System":
        """Return the same system where the same figures say more or less than they did."""
        if [one.terms for one in figures] != [one.terms for one in self.figures]:
            raise ValueError("these are other figures")
        other = copy(self)
        other.figures = tuple(figures)
        said = [row if (row.least, row.most) == (one.least, one.most)
                else replace(row, least=one.least, most=one.most)
                for row, one in zip(self.rows, figures, strict=False)]  # fmt: skip
        other.rows = (*said, *self.rows[len(said) :])
        return other

    def vector(self, terms: Terms) -> Vector:
        """Return a sum of multiples of cells, each used by a figure, over atoms.

        It is worked out once, also for the same figures when they say more or less.
        """
        if terms not in self._vectors:
            self._vectors[terms] = _added([(self._of(cell), times) for times, cell in terms])
        return self._vectors[terms]

    def _of(self, cell: Cell) -> Ints:
        """Return the atoms of a cell."""
        if cell not in self._atoms_of:
            columns = self._universes[cell.universe].of(cell)
            self._atoms_of[cell] = np.unique(self._merged[columns])
        return self._atoms_of[cell]

    def covers(self, cell: Cell) -> dict[str, frozenset[int]]:
        """Return the parts of each dimension that a cell covers."""
        classes = self._universes[cell.universe].classes
        return {name: frozenset(classes.covered(name, value)) for name, value in cell.categories}

    def parts(self, universe: str) -> Mapping[str, int]:
        """Return how many parts each dimension of a universe has."""
        return self._universes[universe].classes.parts

    def _figure_rows(self) -> Iterable["_Raw"]:
        for number, figure in enumerate(self.figures):
            held = [(self._universes[cell.universe].of(cell), times)
                    for times, cell in figure.terms]  # fmt: skip
            yield _Raw(held, figure.least, figure.most, number)

    def _shared_margins(self) -> Iterable["_Raw"]:
        for universe in self._universes.values():
            for one, other in universe.blocks.couplings:
                yield from universe.coupled(one, other)

    def _row(
        self,
        held: list[tuple[Ints, int]],
        least: int | None,
        most: int | None,
        figure: int | None,
    ) -> Row:
        parts = [(np.unique(self._merged[columns]), times) for columns, times in held]
        return Row(*_added(parts), least, most, figure)


def _added(parts: Sequence[tuple[Ints, int]]) -> Vector:
    """Return multiples of sets of atoms, added up; atoms that cancel out are left away."""
    if len(parts) == 1:
        ((atoms, times),) = parts
        return Vector(atoms, np.full(len(atoms), times, np.int64))
    nothing = np.zeros(0, np.int64)
    every = np.concatenate([nothing, *(atoms for atoms, _ in parts)])
    times_of = np.concatenate([nothing, *(np.full(len(atoms), n) for atoms, n in parts)])
    atoms, place = np.unique(every, return_inverse=True)
    added = np.zeros(len(atoms), np.int64)
    np.add.at(added, place.ravel(), times_of)
    return Vector(atoms[added != 0], added[added != 0])


class _Raw(tuple[list[tuple[Ints, int]], int | None, int | None, int | None]):
    """A row before atoms are merged: (columns, times) pairs, least, most, figure."""

    __slots__ = ()

    def __new__(
        cls,
        held: list[tuple[Ints, int]],
        least: int | None,
        most: int | None,
        figure: int | None,
    ) -> "_Raw":
        return super().__new__(cls, (held, least, most, figure))


class _Universe:
    """The blocks of one universe and where their columns begin."""

    def __init__(self, cells: Set[Cell], classes: Classes, offset: int) -> None:
        self.classes = classes
        tables = {frozenset(name for name, _ in cell.categories) for cell in cells}
        self.blocks: Blocks = blocks_of(tables, classes.parts)
        self._names = [sorted(block) for block in self.blocks.blocks]
        sizes = [self._size(names) for names in self._names]
        self._offsets = [offset + sum(sizes[:n]) for n in range(len(sizes))]
        self._home: dict[Dimensions, int] = {
            table: min(
                (n for n, block in enumerate(self.blocks.blocks) if table <= block),
                key=lambda n: sizes[n],
            )
            for table in tables
        }
        self.size = sum(sizes)

    def _size(self, names: Iterable[str]) -> int:
        return prod(self.classes.parts[name] for name in names)

    def of(self, cell: Cell) -> Ints:
        """Return the columns of a cell, in the block it is counted in."""
        covered = {name: self.classes.covered(name, value) for name, value in cell.categories}
        return self._columns(self._home[frozenset(covered)], covered)

    def _columns(self, block: int, covered: Mapping[str, Sequence[int]]) -> Ints:
        found = np.array([self._offsets[block]], np.int64)
        stride = self._size(self._names[block])
        for name in self._names[block]:
            stride //= self.classes.parts[name]
            chosen = np.array(covered.get(name, range(self.classes.parts[name])), np.int64)
            found = (found[:, None] + stride * chosen[None, :]).ravel()
        return found

    def coupled(self, one: int, other: int) -> Iterable[_Raw]:
        """Yield a row for each cell of the margin that two blocks share."""
        shared = sorted(self.blocks.blocks[one] & self.blocks.blocks[other])
        for chosen in np.ndindex(*(self.classes.parts[name] for name in shared)):
            covered = {name: (part,) for name, part in zip(shared, chosen, strict=True)}
            yield _Raw([(self._columns(one, covered), 1), (self._columns(other, covered), -1)],
                       0, 0, None)  # fmt: skip


def _universes(
    figures: Sequence[Figure], groups: Groups, more: Mapping[str, Set[str]]
) -> dict[str, _Universe]:
    cells: dict[str, set[Cell]] = defaultdict(set)
    for figure in figures:
        for _, cell in figure.terms:
            cells[cell.universe].add(cell)
    found: dict[str, _Universe] = {}
    offset = 0
    for name, held in cells.items():
        used = [pair for cell in held for pair in cell.categories]
        found[name] = _Universe(held, Classes(used, groups, more), offset)
        offset += found[name].size
        if offset > MOST_COLUMNS:
            raise InputRefused(
                "The tables have too many categories to be looked at together.",
                "Audit those first that share dimensions, or merge categories.",
            )
    return found


def _merged(raw: Sequence[_Raw], columns: int) -> tuple[Ints, int]:
    """Return the atom of each column, columns that are in the same rows being one; and how many.

    Every cell of every row gets two random 64-bit numbers; columns with equal sums of both are in
    the same cells.
    """
    draw = np.random.default_rng(_SEED)
    marks = np.zeros((columns, 2), np.uint64)
    for held, *_ in raw:
        for found, _ in held:
            marks[found] += draw.integers(0, 2**64, 2, np.uint64, endpoint=False)
    _, atoms = np.unique(marks, axis=0, return_inverse=True)
    return atoms.ravel().astype(np.int64), int(atoms.max(initial=-1)) + 1
