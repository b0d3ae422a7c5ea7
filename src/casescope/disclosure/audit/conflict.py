"""Figures that cannot all be true: the fewest places at which they contradict each other."""

from collections.abc import Sequence

import numpy as np

from casescope.disclosure.audit.figures import Figure
from casescope.disclosure.audit.narrowing import entries
from casescope.disclosure.audit.solver import (
    NOTHING,
    Impossible,
    Objective,
    Programme,
    Rows,
)
from casescope.disclosure.audit.system import System

_NEAR = 1e-6


def contradicting(system: System) -> list[Figure]:
    """Return figures that contradict each other, each needed; none where only whole numbers lack.

    Every row is given slack that costs. The rows that then have a price contradict each other
    (Farkas); those that are not needed for it are taken away one by one (a deletion filter).
    """
    suspects = _priced(system, range(len(system.rows)))
    for row in list(suspects):
        without = [one for one in suspects if one != row]
        if not _possible(system, without):
            suspects = without
    numbers = [system.rows[row].figure for row in suspects]
    return [system.figures[number] for number in numbers if number is not None]


def _rows(system: System, chosen: Sequence[int], *, slack: bool) -> tuple[Rows, int]:
    held = entries([system.rows[row] for row in chosen])
    count = len(chosen)
    row, atom, value = held.row, held.atom, held.value
    if slack:
        extra = np.arange(count)
        row = np.concatenate([row, extra, extra])
        atom = np.concatenate([atom, system.atoms + extra, system.atoms + count + extra])
        value = np.concatenate([value, np.ones(count), -np.ones(count)])
        order = np.argsort(row, kind="stable")
        row, atom, value = row[order], atom[order], value[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=count))])
    columns = system.atoms + (2 * count if slack else 0)
    return Rows(
        start.astype(np.int32), atom.astype(np.int32), value, held.least, held.most
    ), columns


def _priced(system: System, chosen: Sequence[int]) -> list[int]:
    """Return the rows that have a price in the cheapest way to let all be true."""
    rows, columns = _rows(system, chosen, slack=True)
    programme = Programme(rows, np.zeros(columns), np.full(columns, np.inf))
    slack = np.arange(system.atoms, columns)
    solved = programme.solve(Objective(slack, np.ones(len(slack))), "least")
    if solved.duals is None or (solved.value or 0) < _NEAR:
        return []
    return [chosen[int(n)] for n in np.flatnonzero(np.abs(solved.duals) > _NEAR)]


def _possible(system: System, chosen: Sequence[int]) -> bool:
    rows, columns = _rows(system, chosen, slack=False)
    try:
        Programme(rows, np.zeros(columns), np.full(columns, np.inf)).solve(NOTHING, "least")
    except Impossible:
        return False
    return True
