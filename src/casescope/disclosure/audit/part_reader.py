"""One part: a programme solved again and again, and the whole-number tables met on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from casescope.disclosure.audit.ground import Ground
from casescope.disclosure.audit.narrowing import Floats, Part
from casescope.disclosure.audit.solver import (
    NOTHING,
    SENSES,
    Objective,
    Programme,
    Sense,
    Solved,
)
from casescope.disclosure.audit.steps import Steps
from casescope.disclosure.audit.system import Ints

Table = tuple[Ints, Ints]
"""A whole-number table of one part: atoms, and the value of each."""

NEAR = 1e-6
_MOST_SEARCHED = 600
"""Atoms of a part in which whole numbers are searched for where the relaxed answer is not whole."""

_MOST_STEPPED = 3_000
"""Atoms of a part in which whole-number tables are looked for; in larger ones it takes minutes."""

_CREDIT = 20
"""Steps in one part that may lead to no whole-number table, more often than not, before no more
are taken."""

_AT_ONCE = 64
"""Tables of which many counts are worked out at once."""

_CORNERS = 200
"""Solutions of the relaxed problem that are kept to be looked at again."""

_PUMPED = 20
"""Times that a point is rounded before no whole-number table is said to have been found."""


@dataclass(frozen=True)
class _Found:
    value: int | None
    table: int | None


class PartReader:
    """One part: a programme solved again and again, and the whole-number tables met on the way.

    They are added to `tables`, where those of all parts stand.
    """

    def __init__(self, ground: Ground, part: Part, tables: list[Table]) -> None:
        self._part = part
        self._tables = tables
        self._lower = ground.lower[part.atoms]
        self._upper = ground.upper[part.atoms]
        self._rows = ground.rows_of(part)
        self._relaxed: Programme | None = None
        self._whole: Programme | None = None
        self._steps: Steps | None = None
        self._short: Steps | None = None
        self._credit = _CREDIT if len(part.atoms) <= _MOST_STEPPED else 0
        self._looked = False
        self._corners: list[Floats] = []
        self._cornered: Floats = np.zeros((0, len(part.atoms)))
        self._met: list[Ints] = []
        self._points = np.zeros((0, len(part.atoms)), np.int64)
        self._numbers: list[int] = []

    @property
    def first(self) -> int | None:
        """The number of the first table met; searched for, once, where none was."""
        if not self._numbers and not self._looked and len(self._part.atoms) <= _MOST_STEPPED:
            self._looked = True
            self._pump()
            if not self._numbers and len(self._part.atoms) <= _MOST_SEARCHED:
                self._search(NOTHING, "least")
        return self._numbers[0] if self._numbers else None

    def begin_with(self, points: Ints) -> None:
        """Keep those of some tables that all rows allow."""
        rows = self._rows
        within = (points >= self._lower).all(axis=1) & (points <= self._upper).all(axis=1)
        if len(rows.least):
            sums = np.add.reduceat(points[:, rows.column] * rows.value, rows.start[:-1], axis=1)
            within &= (sums >= rows.least).all(axis=1) & (sums <= rows.most).all(axis=1)
        for point in points[within]:
            self._keep(point)

    def prepare(self, cuts: Sequence[Objective]) -> None:
        """Meet tables in which all counts together are least, or greatest; once is enough."""
        if self._numbers:
            return
        together = _together(cuts, len(self._part.atoms))
        for sense in SENSES:
            self._meet(self._solved(together, sense).point)

    def spread(self, cuts: Sequence[Objective], sense: Sense, reach: int) -> None:
        """Meet a table that takes many counts a little way at once: no atom moves further."""
        if self._credit <= 0 or self.first is None:
            return
        if self._short is None:
            self._short = Steps(self._rows, self._lower, self._upper, self._met[0], reach)
        self._try(self._short, _together(cuts, len(self._part.atoms)), sense)

    def widen(self, cut: Objective, sense: Sense) -> None:
        """Meet a table that takes a count as far as it can go one way, if its end is not met."""
        end = self._at_once(cut, sense)
        if end is None or self._attained(cut, end) is None:
            self._step(cut, sense)

    def bound(self, cut: Objective, sense: Sense) -> _Found:
        """Return the least or greatest value, and the table that attains it."""
        at_once = self._at_once(cut, sense)
        found = None if at_once is None else self._attained(cut, at_once)
        if found is not None:
            return _Found(at_once, found)
        value = self._relaxed_bound(cut, sense, at_once)
        if value is None:
            return _Found(None, None)
        found = self._attained(cut, value)
        if found is None:
            self._step(cut, sense)
            found = self._attained(cut, value)
        if found is not None or len(self._part.atoms) > _MOST_SEARCHED:
            return _Found(value, found)
        return self._searched(cut, sense, value)

    def _relaxed_bound(self, cut: Objective, sense: Sense, at_once: int | None) -> int | None:
        """Return the bound in any numbers, rounded inward; none where there is no end.

        Where a corner met before is at the bound of the atoms, nothing need be solved.
        """
        if at_once is not None and self._touched(cut, at_once):
            return at_once
        solved = self._solved(cut, sense)
        if solved.value is None:
            return None
        self._meet(solved.point)
        return _inward(solved.value, sense) if np.isfinite(solved.value) else at_once

    def _touched(self, cut: Objective, value: int) -> bool:
        self._corner()
        sums = self._cornered[:, cut.columns] @ cut.worth
        return bool((np.abs(sums - value) < NEAR).any())

    def _step(self, cut: Objective, sense: Sense) -> None:
        """Go from the first table as far as the count can go, by the fewest changes.

        The corners of what is allowed are often halves; shortest ways from a whole-number table to
        a bound are mostly whole, for they are the fewest people who change places.
        """
        if self._credit <= 0 or self.first is None:
            return
        if self._steps is None:
            self._steps = Steps(self._rows, self._lower, self._upper, self._met[0])
        self._try(self._steps, cut, sense)

    def _try(self, steps: Steps, cut: Objective, sense: Sense) -> None:
        known = len(self._met)
        self._meet(steps.solve(cut, sense))
        self._credit = (
            min(_CREDIT, self._credit + 1) if len(self._met) > known else self._credit - 1
        )

    def _pump(self) -> None:
        """Look for a whole-number table: round, go to the nearest that rows allow, round again.

        The feasibility pump (Fischetti, Glover and Lodi 2005).
        """
        point = self._solved(NOTHING, "least").point
        for _ in range(_PUMPED):
            if point is None or self._numbers:
                return
            rounded = np.rint(point).astype(np.int64)
            point = Steps(self._rows, self._lower, self._upper, rounded).solve(NOTHING, "least")
            self._meet(point)

    def _searched(self, cut: Objective, sense: Sense, relaxed: int) -> _Found:
        searched = self._search(cut, sense, relaxed)
        attained = self._attained(cut, relaxed)
        if attained is not None or searched.value is None or not np.isfinite(searched.value):
            return _Found(relaxed, attained)
        value = _inward(searched.value, sense)
        value = max(value, relaxed) if sense == "least" else min(value, relaxed)
        return _Found(value, self._attained(cut, value))

    def _search(self, aim: Objective, sense: Sense, enough: float | None = None) -> Solved:
        if self._whole is None:
            self._whole = Programme(self._rows, self._lower, self._upper, whole=True)
        found = self._whole.solve(aim, sense, enough=enough)
        self._meet(found.point)
        return found

    def _solved(self, aim: Objective, sense: Sense) -> Solved:
        if self._relaxed is None:
            self._relaxed = Programme(self._rows, self._lower, self._upper)
        solved = self._relaxed.solve(aim, sense)
        if solved.point is not None and len(self._corners) < _CORNERS:
            self._corners.append(solved.point)
        return solved

    def _at_once(self, cut: Objective, sense: Sense) -> int | None:
        """Return the bound that follows from the atoms' own bounds."""
        low = (cut.worth > 0) == (sense == "least")
        ends = np.where(low, self._lower[cut.columns], self._upper[cut.columns])
        total = float(cut.worth @ ends)
        return int(total) if np.isfinite(total) else None

    def seen(self, cuts: Sequence[Objective]) -> tuple[Ints, Ints] | None:
        """Return the least and greatest value of each count in the tables met."""
        if not self._numbers:
            return None
        self._stack()
        columns = joined([cut.columns for cut in cuts])
        worth = joined([cut.worth for cut in cuts])
        start = np.cumsum([0, *(len(cut.columns) for cut in cuts[:-1])])
        ends = []
        for at in range(0, len(self._points), _AT_ONCE):
            points = self._points[at : at + _AT_ONCE, columns] * worth
            values = np.add.reduceat(points, start, axis=1)
            ends.append((values.min(axis=0), values.max(axis=0)))
        low, high = zip(*ends, strict=True)
        return np.min(low, axis=0), np.max(high, axis=0)

    def reached(self, cut: Objective) -> tuple[float, float] | None:
        """Return the least and greatest value met, where whole numbers are not searched for in any.

        No bound that is worked out can then be narrower.
        """
        seen = self.seen([cut])
        ends = [] if seen is None else [float(one[0]) for one in seen]
        if self._corners and len(self._part.atoms) > _MOST_SEARCHED:
            self._corner()
            ends += (self._cornered[:, cut.columns] @ cut.worth).tolist()
        return (min(ends), max(ends)) if ends else None

    def _corner(self) -> None:
        if len(self._cornered) < len(self._corners):
            self._cornered = np.vstack([self._cornered, *self._corners[len(self._cornered) :]])

    def _stack(self) -> None:
        if len(self._points) < len(self._met):
            new = np.array(self._met[len(self._points) :])
            self._points = np.vstack([self._points, new])

    def _values(self, cut: Objective) -> Ints:
        self._stack()
        values: Ints = self._points[:, cut.columns] @ cut.worth
        return values

    def _attained(self, cut: Objective, value: int) -> int | None:
        places = np.flatnonzero(self._values(cut) == value)
        return self._numbers[int(places[0])] if len(places) else None

    def _meet(self, point: Floats | None) -> None:
        """Keep a point that is whole and, in whole numbers, within every row."""
        if point is None or len(point) != len(self._lower):
            return
        rounded = np.rint(point)
        if np.abs(point - rounded).max(initial=0.0) > NEAR or not self._allowed(rounded):
            return
        self._keep(rounded.astype(np.int64))

    def _keep(self, point: Ints) -> None:
        self._numbers.append(len(self._tables))
        self._met.append(point)
        self._tables.append((self._part.atoms, point))

    def _allowed(self, point: Floats) -> bool:
        if (point < self._lower).any() or (point > self._upper).any():
            return False
        rows = self._rows
        owner = np.repeat(np.arange(len(rows.least)), np.diff(rows.start))
        sums = np.bincount(owner, rows.value * point[rows.column], len(rows.least))
        return bool((sums >= rows.least).all() and (sums <= rows.most).all())


def _together(cuts: Sequence[Objective], size: int) -> Objective:
    """Return all of some counts as one."""
    worth = np.zeros(size, np.int64)
    for cut in cuts:
        worth[cut.columns] += cut.worth
    columns = np.flatnonzero(worth)
    return Objective(columns, worth[columns])


def joined(arrays: Sequence[Ints]) -> Ints:
    """Return arrays one after another; of none, an empty one."""
    return np.concatenate([np.zeros(0, np.int64), *arrays])


def _inward(value: float, sense: Sense) -> int:
    """Round a bound to the nearest whole number inside, but for what the solver may be off by."""
    off = NEAR * max(1.0, abs(value))
    return ceil(value - off) if sense == "least" else -ceil(-value - off)
