"""Differences that would tell of a few: who came or went, or who is counted by another choice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from casescope.disclosure.audit import Cell, Figure, Place, count
from casescope.disclosure.audit.figures import Two
from casescope.disclosure.pack import RulePack
from casescope.disclosure.relations.everything import choices

_PRINTED = ("shown", "known")


def changed(now: Iterable[Figure], then: Iterable[Figure], pack: RulePack) -> Iterator[Place]:
    """Yield figures that, less what was told of other data, say how few came or went."""
    shown = _shown(now)
    for one in then:
        if one.cell is not None and one.standing in _PRINTED:
            yield from (
                each.place for each in shown.get(one.cell, []) if _is_few(each, one, pack)
            )  # fmt: skip


def left(now: Iterable[Figure], pack: RulePack) -> Iterator[Place]:
    """Yield figures of a narrower count, another linkage or another choice of the study.

    Taken from the study's own, or from those of the next setting of the same choice, they would
    leave a few people: those whom the count, a probable link or the choice is about.
    """
    shown = _shown(now)
    for row in choices(shown):
        kept: list[Cell] = []
        for cell in row:
            if any(_leave_few(shown[cell], shown[one], pack) for one in kept):
                yield from (figure.place for figure in shown[cell])
            else:
                kept.append(cell)


class Pairs(NamedTuple):
    """Counts whose difference may not be told to be a few, and figures that they need beside."""

    figures: tuple[Figure, ...]
    between: tuple[Two, ...]


def pairs(system: Sequence[Figure], then: Iterable[Figure], pack: RulePack) -> Pairs:
    """Return the pairs of counts of which one at least is not printed, but may be worked out.

    Two that are printed are looked at by themselves: `changed`, `left`.
    """
    cells = {one.cell for one in system if one.cell is not None}
    plain = {one.cell for one in system if one.exact and one.standing in _PRINTED}
    used = {(cell.universe, *pair) for one in system for _, cell in one.terms
            for pair in cell.categories}  # fmt: skip
    figures: list[Figure] = []
    between: list[Two] = []
    for cell, (least, most) in _told(then, pack):
        universe = cell.universe
        if cell in plain or not all((universe, *pair) in used for pair in cell.categories):
            continue
        other, place = Cell(f"told before {len(between)}"), Place("before", str(len(between)))
        figures.append(count(place, other, least, most, "known"))
        if cell not in cells:
            cells.add(cell)
            figures.append(count(place, cell, 0, None, "withheld"))
        between.append((cell, other))
    between += (
        two for row in choices(cells) for two in combinations(row, 2) if not plain.issuperset(two)
    )
    return Pairs(tuple(figures), tuple(between))


def _told(then: Iterable[Figure], pack: RulePack) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """Yield what was told so nearly that a difference from it can be told, each once."""
    found: dict[tuple[Cell, tuple[int, int]], None] = {}
    for one in then:
        if one.cell is None or one.least is None or one.most is None:
            continue
        if one.standing in _PRINTED and one.most - one.least < pack.least_width:
            found[one.cell, (one.least, one.most)] = None
    yield from found


def _leave_few(some: Iterable[Figure], others: Iterable[Figure], pack: RulePack) -> bool:
    """Say whether two cells, each told by some figures, differ by a few that can be told."""
    return any(_is_few(one, other, pack) for one, other in product(some, others))


def _shown(now: Iterable[Figure]) -> Mapping[Cell, list[Figure]]:
    found: dict[Cell, list[Figure]] = defaultdict(list)
    for one in now:
        if one.cell is not None and one.standing == "shown":
            found[one.cell].append(one)
    return found


def _is_few(now: Figure, then: Figure, pack: RulePack) -> bool:
    """Say whether the difference of two counts can only be few, and few values."""
    if None in (now.least, now.most, then.least, then.most):
        return False
    least = (now.least or 0) - (then.most or 0)
    most = (now.most or 0) - (then.least or 0)
    if most < 0:
        least, most = -most, -least
    return least >= 1 and most <= pack.threshold and most - least < pack.least_width
