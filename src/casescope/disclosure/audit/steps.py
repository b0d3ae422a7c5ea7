"""The fewest changes to a whole-number table that take a count as far as it can go."""

import numpy as np

from casescope.disclosure.audit.narrowing import Floats
from casescope.disclosure.audit.solver import Objective, Programme, Rows, Sense
from casescope.disclosure.audit.system import Ints

_FAR = 4_096.0
"""What one step towards the bound is worth, in changes of one person elsewhere."""


class Steps:
    """Every atom goes up or down from a table; each change costs.

    Where all rows allow the table, every solving begins there, which takes few turns.
    """

    def __init__(
        self, rows: Rows, lower: Floats, upper: Floats, begin: Ints, reach: float = np.inf
    ) -> None:
        """Take what is allowed, and the table to begin with; no atom moves further than `reach`."""
        self._begin = begin.astype(np.float64)
        self._size = len(begin)
        owner = np.repeat(np.arange(len(rows.least)), np.diff(rows.start))
        there = np.bincount(owner, rows.value * self._begin[rows.column], len(rows.least))
        twice = np.stack([rows.column, rows.column + self._size], axis=1).ravel()
        signed = np.stack([rows.value, -rows.value], axis=1).ravel()
        moved = Rows((rows.start * 2).astype(np.int32), twice.astype(np.int32), signed,
                     rows.least - there, rows.most - there)  # fmt: skip
        self._allowed = bool((there >= rows.least).all() and (there <= rows.most).all())
        room = np.minimum(np.concatenate([upper - self._begin, self._begin - lower]), reach)
        self._programme = Programme(moved, np.zeros(2 * self._size), room, primal=self._allowed)
        self._all = np.arange(2 * self._size)

    def solve(self, objective: Objective, sense: Sense) -> Floats | None:
        """Return the table at the end, which may not be whole; None where there is no end."""
        costs = np.ones(2 * self._size)
        step = (_FAR if sense == "least" else -_FAR) * objective.worth
        costs[objective.columns] += step
        costs[objective.columns + self._size] -= step
        if self._allowed:
            self._programme.start_at_lower()
        point = self._programme.solve(Objective(self._all, costs), "least").point
        if point is None:
            return None
        end: Floats = self._begin + point[: self._size] - point[self._size :]
        return end
