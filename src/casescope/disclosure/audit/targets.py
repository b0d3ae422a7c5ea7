"""What a reader must not learn: counts that are hidden or rounded, and groups nobody printed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casescope.disclosure.audit.audit import Target
from casescope.disclosure.audit.figures import Cell, Figure, Two
from casescope.disclosure.audit.rules import AuditRules
from casescope.disclosure.audit.system import System

Covers = frozenset[tuple[str, frozenset[int]]]
"""The parts of each dimension that a cell covers, dimensions left out that it covers whole."""


@dataclass(frozen=True)
class Known:
    """Everything said of one cell: by which figures, and what they leave open."""

    cell: Cell
    covers: Covers
    figures: tuple[int, ...]
    least: int
    most: int | None
    printed: bool
    ours: bool
    of_unions: bool

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that the cell is of."""
        return frozenset(name for name, _ in self.covers)


def known_cells(system: System) -> list[Known]:
    """Return what is said of each cell that is counted, cells covering the same being one."""
    held: dict[tuple[str, Covers], list[int]] = defaultdict(list)
    for number, figure in enumerate(system.figures):
        if figure.cell is not None:
            held[figure.cell.universe, _covers(system, figure.cell)].append(number)
    return [_known(system.figures, covers, numbers) for (_, covers), numbers in held.items()]


def _covers(system: System, cell: Cell) -> Covers:
    whole = system.parts(cell.universe)
    return frozenset(
        (name, parts) for name, parts in system.covers(cell).items() if len(parts) < whole[name]
    )


def _known(figures: Sequence[Figure], covers: Covers, numbers: Sequence[int]) -> Known:
    said = [figures[number] for number in numbers]
    ends = [one.most for one in said if one.most is not None]
    cell = next(one.cell for one in said if one.cell is not None)
    return Known(
        cell, covers, tuple(numbers), max([0, *(one.least for one in said if one.least)]),
        min(ends) if ends else None,
        any(one.standing in ("shown", "known") for one in said),
        any(one.standing != "known" for one in said),
        any(len(parts) > 1 for _, parts in covers),
    )  # fmt: skip


def of_figures(
    cells: Iterable[Known], figures: Sequence[Figure], rules: AuditRules
) -> list[Target]:
    """Return the counts that are hidden somewhere, and those nowhere printed as they are."""
    found = []
    for one in cells:
        said = [figures[number] for number in one.figures]
        is_hidden = any(each.standing == "hidden" for each in said)
        plain = any(each.exact and each.standing in ("shown", "known") for each in said)
        if one.ours and (is_hidden or (not plain and one.least <= rules.threshold)):
            found.append(_target(one, said))
    return found


def _target(one: Known, said: Sequence[Figure]) -> Target:
    return Target(
        ((1, one.cell),),
        ((1, one.figures[0]),),
        tuple(each.place for each in said),
        one.figures,
    )


def without(
    system: System, cells: Sequence[Known], rules: AuditRules
) -> Iterator[tuple[Known, Known]]:
    """Yield each printed whole with a printed part that may leave a small group nobody named."""
    shown = sorted((one for one in cells if one.printed), key=lambda one: one.least)
    named = {(one.cell.universe, one.covers) for one in cells}
    by_dimensions: dict[tuple[str, frozenset[str]], list[Known]] = defaultdict(list)
    for one in shown:
        by_dimensions[one.cell.universe, one.dimensions].append(one)
    for (universe, dimensions), parts in by_dimensions.items():
        for (other, fewer), wholes in by_dimensions.items():
            if universe == other and fewer <= dimensions:
                yield from (
                    pair
                    for pair in _close(wholes, parts, rules)
                    if _rest(system, *pair) not in named
                )


def _close(
    wholes: Sequence[Known], parts: Sequence[Known], rules: AuditRules
) -> Iterator[tuple[Known, Known]]:
    for part in parts:
        for whole in wholes:
            if part.most is not None and whole.least > part.most + rules.threshold:
                break
            if (whole.ours or part.ours) and _holds(whole, part):
                yield whole, part


def _holds(whole: Known, part: Known) -> bool:
    if whole.covers <= part.covers:
        return len(whole.covers) < len(part.covers)
    if not part.of_unions and not whole.of_unions:
        return False
    within = dict(part.covers)
    return whole.covers != part.covers and all(
        name in within and within[name] <= parts for name, parts in whole.covers
    )


def _rest(system: System, whole: Known, part: Known) -> tuple[str, Covers] | None:
    """Return the cell of whole without part where there is one: they differ in one dimension."""
    outer, inner = dict(whole.covers), dict(part.covers)
    differ = [name for name in inner if inner[name] != outer.get(name)]
    if len(differ) != 1:
        return None
    name = differ[0]
    every = frozenset(range(system.parts(whole.cell.universe)[name]))
    rest = {**outer, name: outer.get(name, every) - inner[name]}
    return whole.cell.universe, frozenset(rest.items())


def wholly_one(cells: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Yield each cell with one that is hidden in it: all of the first may be in the second."""
    named = {(one.cell.universe, one.covers): one for one in cells}
    for part in cells:
        if part.printed or not part.ours:
            continue
        for gone in sorted(part.dimensions):
            fewer = frozenset(pair for pair in part.covers if pair[0] != gone)
            whole = named.get((part.cell.universe, fewer))
            if whole is not None and whole.least > 0:
                yield whole, part


def difference(system: System, two: Two) -> Target:
    """Return by how many people two counts differ, one of which need not be part of the other."""
    one, other = two
    number = system.counting
    return Target(
        ((1, one), (-1, other)), ((1, number[one]), (-1, number[other])), (),
        (), implied=True, two=two,
    )  # fmt: skip


def complement(whole: Known, *parts: Known) -> Target:
    """Return the people of a whole who are not in a part of it, or in several that share nobody."""
    every = (whole, *parts)
    times = (1, *(-1 for _ in parts))
    return Target(
        tuple(zip(times, (one.cell for one in every), strict=True)),
        tuple(zip(times, (one.figures[0] for one in every), strict=True)), (),
        tuple(n for one in every for n in one.figures), implied=True,
    )  # fmt: skip


def leftovers(
    system: System, cells: Sequence[Known], rules: AuditRules
) -> Iterator[tuple[Known, ...]]:
    """Yield each printed whole with all its printed parts by one dimension, two or more of them.

    What is left are several categories that nobody printed, together.
    """
    named = {(one.cell.universe, one.covers): one for one in cells}
    for (universe, rest, name), parts in _families(cells).items():
        whole, chosen = named.get((universe, rest)), _apart(parts, name)
        if whole is None or not whole.printed or len(chosen) == 1:
            continue
        gone = frozenset(range(system.parts(universe)[name])) - frozenset().union(*chosen)
        is_named = (universe, rest | {(name, gone)}) in named
        if gone and not is_named and _may_leave_few(whole, list(chosen.values()), rules):
            yield whole, *chosen.values()


_Family = tuple[str, Covers, str]
"""Cells of one universe that differ in one dimension alone: all else that they cover, and it."""


def _families(cells: Sequence[Known]) -> dict[_Family, list[Known]]:
    found: dict[_Family, list[Known]] = defaultdict(list)
    for one in cells:
        for pair in one.covers if one.printed else ():
            found[one.cell.universe, one.covers - {pair}, pair[0]].append(one)
    return found


def _apart(cells: Sequence[Known], name: str) -> dict[frozenset[int], Known]:
    """Return cells that share nobody, by what they cover of a dimension; the narrowest first."""
    by_parts = {dict(one.covers)[name]: one for one in cells}
    found: dict[frozenset[int], Known] = {}
    for parts in sorted(by_parts, key=lambda held: (len(held), sorted(held))):
        if not any(parts & other for other in found):
            found[parts] = by_parts[parts]
    return found


def _may_leave_few(whole: Known, parts: Sequence[Known], rules: AuditRules) -> bool:
    most = [part.most for part in parts if part.most is not None]
    is_ours = any(one.ours for one in (whole, *parts))
    return is_ours and (len(most) < len(parts) or whole.least - sum(most) <= rules.threshold)
