"""The least and greatest value of any count, each attained by a whole-number table where known."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from casescope.disclosure.audit.audit import Bound
from casescope.disclosure.audit.ground import Ground
from casescope.disclosure.audit.met import Met
from casescope.disclosure.audit.part_reader import NEAR, PartReader, Table, joined
from casescope.disclosure.audit.solver import Objective, Sense
from casescope.disclosure.audit.system import Ints, System, Vector


class Aim(NamedTuple):
    """A count as a reader works at it: what is settled of it, and its atoms by part."""

    settled: int
    parts: list[tuple[int, Objective]]


Seen = tuple[int, int] | None
"""The least and greatest value that a count had in the tables met; None where none was met."""


class Reader:
    """Somebody who adds and subtracts: everything known, and what follows for any count.

    Raises Impossible where the figures contradict each other.
    """

    def __init__(self, system: System, met: Met | None = None) -> None:
        self.ground = Ground(system)
        self.tables: list[Table] = []
        parts = self.ground.parts
        self._readers = [PartReader(self.ground, part, self.tables) for part in parts]
        if met is not None:
            for number, points in met.on([part.atoms for part in parts], system.atoms).items():
                self._readers[number].begin_with(points)

    def aims(self, vectors: Sequence[Vector]) -> list[Aim]:
        """Return counts with what is settled of each put aside."""
        ground = self.ground
        sizes = [len(one.atoms) for one in vectors]
        owner = np.repeat(np.arange(len(vectors)), sizes)
        atoms = joined([one.atoms for one in vectors])
        times = joined([one.times for one in vectors])
        settled = ground.settled[atoms]
        known = np.bincount(owner[settled], times[settled] * ground.lower[atoms[settled]],
                            len(vectors))  # fmt: skip
        aims = [Aim(int(n), []) for n in known]
        owner, atoms, times = owner[~settled], atoms[~settled], times[~settled]
        part = ground.part_of[atoms]
        order = np.lexsort((part, owner))
        owner, part = owner[order], part[order]
        places, times = ground.place_in[atoms[order]], times[order]
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
        ends = ceil(low - NEAR), floor(high + NEAR)
        return ends if ends[0] <= ends[1] else None

    @property
    def base(self) -> dict[int, int] | None:
        """A whole-number table that all figures allow, zeros left out; None where none was met."""
        ground = self.ground
        found = {int(atom): int(ground.lower[atom]) for atom in np.flatnonzero(ground.settled)}
        for reader in self._readers:
            if reader.first is None:
                return None
            atoms, values = self.tables[reader.first]
            found.update(zip(atoms.tolist(), values.tolist(), strict=True))
        return {atom: value for atom, value in found.items() if value}


def _by_part(aims: Sequence[Aim]) -> dict[int, list[Objective]]:
    cuts: dict[int, list[Objective]] = {}
    for aim in aims:
        for number, cut in aim.parts:
            cuts.setdefault(number, []).append(cut)
    return cuts


def _runs(*keys: Ints) -> Iterator[tuple[int, int]]:
    """Yield where each run of equal keys starts and ends."""
    if not len(keys[0]):
        return
    changes = np.flatnonzero(np.any([one[1:] != one[:-1] for one in keys], axis=0)) + 1
    yield from pairwise([0, *changes.tolist(), len(keys[0])])
