"""What a publisher can do to figures: hide them, round them, merge two categories."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import log2

from casescope.disclosure.audit.figures import Cell, Figure, Place


@dataclass(frozen=True, order=True)
class Loss:
    """What a reader loses: figures that are printed no more, then bits of those that are less."""

    cells: int
    information: float


@dataclass(frozen=True, order=True)
class Merge:
    """Two categories of one dimension of one universe that become one."""

    universe: str
    dimension: str
    categories: tuple[str, str]

    @property
    def name(self) -> str:
        """What the two are called together."""
        return " or ".join(self.categories)


def information(figure: Figure) -> float:
    """Return the bits that a printed figure tells: of its size, less those of its vagueness."""
    if figure.standing != "shown":
        return 0.0
    least, most = figure.least or 0, figure.most
    if most is None:
        return 1.0
    return max(0.0, log2(2 + abs(most)) - log2(1 + most - least))


def loss(before: Sequence[Figure], after: Sequence[Figure]) -> Loss:
    """Return what is lost from one publication to another."""
    shown = [sum(one.standing == "shown" for one in held) for held in (before, after)]
    told = [sum(map(information, held)) for held in (before, after)]
    return Loss(max(0, shown[0] - shown[1]), round(max(0.0, told[0] - told[1]), 3))


def hide(figures: Sequence[Figure], numbers: Set[int]) -> tuple[Figure, ...]:
    """Return the figures with some withheld: a reader learns nothing from those."""
    return tuple(_withheld(one) if n in numbers else one for n, one in enumerate(figures))


def _withheld(figure: Figure) -> Figure:
    return replace(figure, least=0 if figure.cell else None, most=None, standing="withheld")


def round_to(figures: Sequence[Figure], base: int, tables: Set[str]) -> tuple[Figure, ...]:
    """Return the figures with exact counts of some tables rounded to the nearest `base`."""
    return tuple(
        _rounded(one, base)
        if one.standing == "shown" and one.exact and one.cell and one.place.table in tables
        else one
        for one in figures
    )


def _rounded(figure: Figure, base: int) -> Figure:
    value = figure.least or 0
    shown = (2 * value + base) // (2 * base) * base
    return replace(figure, least=max(0, shown - base // 2), most=shown + (base - 1) // 2)


def merge(
    figures: Sequence[Figure], two: Merge, values: Mapping[Cell, int], smallest: int
) -> tuple[Figure, ...]:
    """Return the figures with two categories made one, which is a union of them.

    The sum is printed where both counts are known (`values`) and it is at least `smallest`, else it
    is hidden. What is of one of the two and has no twin in its table is withheld. What is known
    from elsewhere stays as it is.
    """
    kept: list[Figure] = []
    twins: dict[tuple[str, Cell], list[Figure]] = defaultdict(list)
    for one in figures:
        if one.standing == "known" or not any(_touched(cell, two) for _, cell in one.terms):
            kept.append(one)
        elif one.cell is None:
            kept.append(_withheld(one))
        else:
            twins[one.place.table, _with(one.cell, two, two.name)].append(one)
    for (_, cell), held in twins.items():
        kept += (
            [_twin(held, cell, two, values, smallest)] if len(held) == 2 else map(_withheld, held)
        )
    return tuple(kept)


def _touched(cell: Cell, two: Merge) -> bool:
    return cell.universe == two.universe and any(
        name == two.dimension and value in two.categories for name, value in cell.categories
    )


def _with(cell: Cell, two: Merge, category: str) -> Cell:
    return Cell.of(cell.universe, {**dict(cell.categories), two.dimension: category})


def _twin(
    held: Sequence[Figure], cell: Cell, two: Merge, values: Mapping[Cell, int], smallest: int
) -> Figure:
    first = held[0].place
    place = Place(first.table, *(
        two.name if part in two.categories else part for part in (first.row, first.column)
    ))  # fmt: skip
    found = [values.get(_with(cell, two, category)) for category in two.categories]
    if None in found or sum(one or 0 for one in found) < smallest:
        return Figure(place, ((1, cell),), 0, None, "hidden")
    total = sum(one or 0 for one in found)
    return Figure(place, ((1, cell),), total, total)
