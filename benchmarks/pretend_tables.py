"""Pretend published tables: a population drawn at random, its margins, small counts hidden."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from casescope.disclosure.audit import Cell, Figure, Place, hidden, printed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.int64]

THREE_WAYS, PEOPLE = (12, 9, 5), 2_500
REPORT = {
    "district": 6, "age": 5, "ethnicity": 6, "tier": 4, "need": 7, "route": 3, "year": 5,
    "disability": 3, "leaver": 3, "children": 4, "interval": 5, "placement": 6,
}  # fmt: skip
SMALL_REPORT = {"district": 5, "age": 4, "need": 5, "tier": 3}
_HIDDEN = 4


def three_ways(seed: int) -> tuple["Counts", list[Figure]]:
    """Return a three-way table of 540 cells, and it with its margins: 1 to 4 are not published.

    In the table itself they are hidden and known to be 1 to 4; margins that small are left out.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    shares = [rng.dirichlet(np.full(size, 2.0)) for size in THREE_WAYS]
    counts = rng.multinomial(PEOPLE, np.einsum("i,j,k->ijk", *shares).ravel()).reshape(THREE_WAYS)
    names = ("a", "b", "c")
    figures = []
    for kept in _subsets(range(3)):
        for place, value in _margin(counts, kept):
            cell = Cell.of("people", {names[n]: str(part) for n, part in place})
            where = Place("".join(names[n] for n in kept) or "all", str(cell))
            if not 1 <= value <= _HIDDEN:
                figures.append(printed(where, cell, value))
            elif len(kept) == len(THREE_WAYS):
                figures.append(hidden(where, cell, 1, _HIDDEN))
    return counts, figures


def report(
    seed: int, sizes: dict[str, int], people: int, tables: int, most: int
) -> list[tuple[Place, Cell, int]]:
    """Return true counts of so many one- to three-way tables, each with its totals."""
    import numpy as np

    rng = np.random.default_rng(seed)
    columns = [rng.choice(size, people, p=rng.dirichlet(np.full(size, 2.0)))
               for size in sizes.values()]  # fmt: skip
    names = list(sizes)
    chosen = [kept for kept in _subsets(range(len(names))) if 1 <= len(kept) <= most][:tables]
    found = []
    for number, kept in enumerate(chosen):
        counts = np.zeros([sizes[names[n]] for n in kept], np.int64)
        np.add.at(counts, tuple(columns[n] for n in kept), 1)
        for inner in _subsets(range(len(kept))):
            for place, value in _margin(counts, inner):
                cell = Cell.of("people", {names[kept[n]]: str(part) for n, part in place})
                found.append((Place(f"table {number + 1}", str(cell)), cell, value))
    return found


def with_small_hidden(counts: Sequence[tuple[Place, Cell, int]], most: int) -> list[Figure]:
    """Return the counts printed, 1 to `most` hidden."""
    return [hidden(place, cell, 1, most) if 1 <= value <= most else printed(place, cell, value)
            for place, cell, value in counts]  # fmt: skip


def _subsets(places: Sequence[int]) -> list[tuple[int, ...]]:
    return [kept for size in range(len(places) + 1) for kept in combinations(places, size)]


def _margin(counts: "Counts", kept: Sequence[int]) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """Yield each cell of a margin as (dimension, part) pairs, and its count."""
    summed = counts.sum(axis=tuple(n for n in range(counts.ndim) if n not in kept))
    for parts in product(*(range(counts.shape[n]) for n in kept)):
        yield list(zip(kept, parts, strict=True)), int(summed[parts])
