"""The least and greatest value of any count, each attained by a whole-number table where known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from casescope.disclosure.audit.audit import Bound
from casescope.disclosure.audit.met import Met
from casescope.disclosure.audit.narrowing import (
    Floats,
    Part,
    entries,
    narrowed,
    parts,
)
from casescope.disclosure.audit.solver import (
    NOTHING,
    SENSES,
    Impossible,
    Objective,
    Programme,
    Rows,
    Sense,
    Solved,
)
from casescope.disclosure.audit.steps import Steps
from casescope.disclosure.audit.system import Ints, System, Vector

_NEAR = 1e-6
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


class Aim(NamedTuple):
    """A count as a reader works at it: what is settled of it, and its atoms by part."""

    settled: int
    parts: list[tuple[int, Objective]]


Seen = tuple[int, int] | None
"""The least and greatest value that a count had in the tables met; None where none was met."""


@dataclass(frozen=True)
class _Found:
    value: int | None
    table: int | None


class Reader:
    """Somebody who adds and subtracts: everything known, and what follows for any count.

    Raises Impossible where the figures contradict each other.
    """

    def __init__(self, system: System, met: Met | None = None) -> None:
        self.system = system
        self.held = entries(system.rows)
        self.narrowed = narrowed(system, self.held)
        if not self.narrowed.possible:
            raise Impossible
        self.settled = self.narrowed.lower == self.narrowed.upper
        self.parts = parts(self.held, self.narrowed)
        self.tables: list[tuple[Ints, Ints]] = []
        self._part_of = np.full(system.atoms, -1, np.int64)
        self.place_in = np.zeros(system.atoms, np.int64)
        for number, part in enumerate(self.parts):
            self._part_of[part.atoms] = number
            self.place_in[part.atoms] = np.arange(len(part.atoms))
        self._readers = [_PartReader(self, part) for part in self.parts]
        if met is not None:
            for number, points in met.on([part.atoms for part in self.parts], system.atoms).items():
                self._readers[number].begin_with(points)

    def aims(self, vectors: Sequence[Vector]) -> list[Aim]:
        """Return counts with what is settled of each put aside."""
        sizes = [len(one.atoms) for one in vectors]
        owner = np.repeat(np.arange(len(vectors)), sizes)
        atoms = _joined([one.atoms for one in vectors])
        times = _joined([one.times for one in vectors])
        settled = self.settled[atoms]
        known = np.bincount(owner[settled], times[settled] * self.narrowed.lower[atoms[settled]],
                            len(vectors))  # fmt: skip
        aims = [Aim(int(n), []) for n in known]
        owner, atoms, times = owner[~settled], atoms[~settled], times[~settled]
        part = self._part_of[atoms]
        order = np.lexsort((part, owner))
        owner, part = owner[order], part[order]
        places, times = self.place_in[atoms[order]], times[order]
        for start, end in _runs(owner, part):
            aims[owner[start]].parts.append(
                (int(part[start]), Objective(places[start:end], times[start:end]))
            )
        return aims

    def prepare(self, aims: Sequence[Aim]) -> None:
        """Meet tables with many of these counts at their least or greatest."""
        for number, held in _by_part(aims).items():
            self._readers[number].prepare(held)

    def spread(self, aims: Sequence[Aim], sense: Sense, reach: int) -> None:
        """Meet tables that take many of these counts so far one way, or less."""
        for number, held in _by_part(aims).items():
            self._readers[number].spread(held, sense, reach)

    def widen(self, aim: Aim, sense: Sense) -> None:
        """Meet tables in which a count is as small, or as great, as whole numbers let it be."""
        for number, cut in aim.parts:
            self._readers[number].widen(cut, sense)

    def bound(self, aim: Aim, sense: Sense) -> Bound:
        """Return the least or greatest value that a count can have."""
        value: int | None = aim.settled
        tables: list[int] = []
        relaxed = False
        for number, cut in aim.parts:
            found = self._readers[number].bound(cut, sense)
            value = None if value is None or found.value is None else value + found.value
            relaxed = relaxed or (found.table is None and found.value is not None)
            tables += [] if found.table is None else [found.table]
        return Bound(value, "relaxed" if relaxed else "whole", tuple(tables))

    def seen(self, aim: Aim) -> Seen:
        """Return the least and greatest value met so far in whole-number tables; None if unmet."""
        return self.seen_of([aim])[0]

    def seen_of(self, aims: Sequence[Aim]) -> list[Seen]:
        """Return the same of many counts at once."""
        held: dict[int, list[tuple[int, Objective]]] = {}
        for number, aim in enumerate(aims):
            for part, cut in aim.parts:
                held.setdefault(part, []).append((number, cut))
        low = np.array([aim.settled for aim in aims], np.int64)
        high, met = low.copy(), np.ones(len(aims), bool)
        for part, cuts in held.items():
            numbers = [number for number, _ in cuts]
            seen = self._readers[part].seen([cut for _, cut in cuts])
            if seen is None:
                met[numbers] = False
            else:
                low[numbers] += seen[0]
                high[numbers] += seen[1]
        both = zip(low.tolist(), high.tolist(), strict=True)
        return [ends if is_met else None for ends, is_met in zip(both, met, strict=True)]

    def reached(self, aim: Aim) -> Seen:
        """Return whole numbers between which no bound of a count can lie; None where not known."""
        low = high = float(aim.settled)
        for number, cut in aim.parts:
            met = self._readers[number].reached(cut)
            if met is None:
                return None
            low, high = low + met[0], high + met[1]
        ends = ceil(low - _NEAR), floor(high + _NEAR)
        return ends if ends[0] <= ends[1] else None

    @property
    def base(self) -> dict[int, int] | None:
        """A whole-number table that all figures allow, zeros left out; None where none was met."""
        found = {int(atom): int(self.narrowed.lower[atom]) for atom in np.flatnonzero(self.settled)}
        for reader in self._readers:
            if reader.first is None:
                return None
            atoms, values = self.tables[reader.first]
            found.update(zip(atoms.tolist(), values.tolist(), strict=True))
        return {atom: value for atom, value in found.items() if value}


class _PartReader:
    """One part: a programme solved again and again, and the whole-number tables met on the way."""

    def __init__(self, reader: Reader, part: Part) -> None:
        self._reader = reader
        self._part = part
        self._lower = reader.narrowed.lower[part.atoms]
        self._upper = reader.narrowed.upper[part.atoms]
        self._rows = _rows(reader, part)
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
        return bool((np.abs(sums - value) < _NEAR).any())

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
        columns = _joined([cut.columns for cut in cuts])
        worth = _joined([cut.worth for cut in cuts])
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
        if np.abs(point - rounded).max(initial=0.0) > _NEAR or not self._allowed(rounded):
            return
        self._keep(rounded.astype(np.int64))

    def _keep(self, point: Ints) -> None:
        self._numbers.append(len(self._reader.tables))
        self._met.append(point)
        self._reader.tables.append((self._part.atoms, point))

    def _allowed(self, point: Floats) -> bool:
        if (point < self._lower).any() or (point > self._upper).any():
            return False
        rows = self._rows
        owner = np.repeat(np.arange(len(rows.least)), np.diff(rows.start))
        sums = np.bincount(owner, rows.value * point[rows.column], len(rows.least))
        return bool((sums >= rows.least).all() and (sums <= rows.most).all())


def _by_part(aims: Sequence[Aim]) -> dict[int, list[Objective]]:
    cuts: dict[int, list[Objective]] = {}
    for aim in aims:
        for number, cut in aim.parts:
            cuts.setdefault(number, []).append(cut)
    return cuts


def _together(cuts: Sequence[Objective], size: int) -> Objective:
    """Return all of some counts as one."""
    worth = np.zeros(size, np.int64)
    for cut in cuts:
        worth[cut.columns] += cut.worth
    columns = np.flatnonzero(worth)
    return Objective(columns, worth[columns])


def _joined(arrays: Sequence[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, np.int64), *arrays])


def _runs(*keys: Ints) -> Iterator[tuple[int, int]]:
    """Yield where each run of equal keys starts and ends."""
    if not len(keys[0]):
        return
    changes = np.flatnonzero(np.any([one[1:] != one[:-1] for one in keys], axis=0)) + 1
    yield from pairwise([0, *changes.tolist(), len(keys[0])])


def _inward(value: float, sense: Sense) -> int:
    """Round a bound to the nearest whole number inside, but for what the solver may be off by."""
    off = _NEAR * max(1.0, abs(value))
    return ceil(value - off) if sense == "least" else -ceil(-value - off)


def _rows(reader: Reader, part: Part) -> Rows:
    """Return the rows of a part over its own atoms; what is settled goes into their bounds."""
    held, lower = reader.held, reader.narrowed.lower
    begin, end = (np.searchsorted(held.row, part.rows, side) for side in ("left", "right"))
    row = np.repeat(np.arange(len(part.rows)), end - begin)
    shift = begin - np.concatenate([[0], np.cumsum(end - begin)[:-1]])
    every = np.arange(len(row)) + shift[row]
    atom, value = held.atom[every], held.value[every]
    fixed = reader.settled[atom]
    known = np.bincount(row[fixed], value[fixed] * lower[atom[fixed]], len(part.rows))
    sizes = np.bincount(row[~fixed], minlength=len(part.rows))
    return Rows(
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        reader.place_in[atom[~fixed]].astype(np.int32), value[~fixed],
        held.least[part.rows] - known, held.most[part.rows] - known,
    )  # fmt: skip
