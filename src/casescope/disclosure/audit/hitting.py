"""The cheapest figures to hide so that every way of working something out loses one."""

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from casescope.disclosure.audit.solver import Objective, Programme, Rows


class Hitting(NamedTuple):
    """Elements of which each way has one, and whether none that cost less are."""

    chosen: frozenset[int]
    least: bool


def cheapest(ways: Sequence[Set[int]], costs: Mapping[int, float]) -> Hitting:
    """Return the set of least cost that has an element of each way (a hitting set, solved whole).

    Every way must have an element; raises Impossible where one has none.
    """
    elements = sorted(set().union(*ways))
    place = {element: n for n, element in enumerate(elements)}
    kept = _smallest(ways)
    start = np.concatenate([[0], np.cumsum([len(way) for way in kept])])
    columns = [place[element] for way in kept for element in sorted(way)]
    rows = Rows(
        start.astype(np.int32), np.array(columns, np.int32), np.ones(len(columns)),
        np.ones(len(kept)), np.full(len(kept), np.inf),
    )  # fmt: skip
    ones = np.ones(len(elements))
    programme = Programme(rows, np.zeros(len(elements)), ones, whole=True, gap=0.0)
    worth = np.array([costs[one] for one in elements])
    found = programme.solve(Objective(np.arange(len(elements)), worth), "least")
    if found.point is None:
        return Hitting(frozenset(elements), least=False)
    chosen = frozenset(one for one in elements if found.point[place[one]] > 0.5)
    return Hitting(chosen, found.certain)


def _smallest(ways: Sequence[Set[int]]) -> list[frozenset[int]]:
    """Return the ways that hold no other."""
    kept: list[frozenset[int]] = []
    for way in sorted({frozenset(way) for way in ways}, key=lambda one: (len(one), sorted(one))):
        if not any(one <= way for one in kept):
            kept.append(way)
    return kept
