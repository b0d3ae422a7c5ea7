"""Multipliers of rows that prove a bound, found by the solver and made exact."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

import numpy as np

from casescope.disclosure.audit.audit import Proof
from casescope.disclosure.audit.narrowing import entries
from casescope.disclosure.audit.solver import Objective, Programme, Rows, Sense
from casescope.disclosure.audit.system import System, Vector

_NOTHING = 1e-7
_LARGEST_DENOMINATOR = 1_000


class Prover:
    """Proves bounds from the rows as they were given, and from nothing that was worked out."""

    def __init__(self, system: System) -> None:
        """Rows of one atom become its bounds; they come back when what is left over is mended."""
        self._system = system
        self._alone: dict[int, list[int]] = defaultdict(list)
        self._several: list[int] = []
        lower, upper = np.zeros(system.atoms), np.full(system.atoms, np.inf)
        for number, row in enumerate(system.rows):
            if len(row.atoms) == 1 and row.coefficients[0] == 1:
                atom = int(row.atoms[0])
                self._alone[atom].append(number)
                lower[atom] = max(lower[atom], -np.inf if row.least is None else row.least)
                upper[atom] = min(upper[atom], np.inf if row.most is None else row.most)
            else:
                self._several.append(number)
        held = entries([system.rows[number] for number in self._several])
        rows = len(held.least)
        start = np.concatenate([[0], np.cumsum(np.bincount(held.row, minlength=rows))])
        self._programme = Programme(
            Rows(start.astype(np.int32), held.atom.astype(np.int32), held.value, held.least,
                 held.most),
            lower, upper,
        )  # fmt: skip

    def prove(self, vector: Vector, sense: Sense) -> Proof | None:
        """Return a proof of the best bound that rows alone give; None where there is none."""
        solved = self._programme.solve(Objective(*vector), sense)
        if solved.value is None or solved.duals is None:
            return None
        multipliers = {
            self._several[row]: Fraction(float(solved.duals[row])).limit_denominator(
                _LARGEST_DENOMINATOR
            )
            for row in np.flatnonzero(np.abs(solved.duals) > _NOTHING)
        }
        return self._exact(vector, sense, multipliers)

    def _exact(
        self, vector: Vector, sense: Sense, multipliers: dict[int, Fraction]
    ) -> Proof | None:
        """Mend what rounding left over by rows of single atoms, then add everything up."""
        for atom, over in self._left(vector, multipliers).items():
            if over:
                row = self._mending(atom, over, sense)
                if row is not None:
                    multipliers[row] = multipliers.get(row, Fraction(0)) + over
                elif (over > 0) != (sense == "least"):
                    return None
        total = self._added(multipliers, sense)
        if total is None:
            return None
        value = ceil(total) if sense == "least" else floor(total)
        return Proof(value, {row: times for row, times in sorted(multipliers.items()) if times})

    def _left(self, vector: Vector, multipliers: Mapping[int, Fraction]) -> dict[int, Fraction]:
        left: dict[int, Fraction] = defaultdict(Fraction)
        for atom, n in zip(*(one.tolist() for one in vector), strict=True):
            left[atom] = Fraction(n)
        for number, times in multipliers.items():
            row = self._system.rows[number]
            for atom, value in zip(row.atoms.tolist(), row.coefficients.tolist(), strict=True):
                left[atom] -= times * value
        return left

    def _mending(self, atom: int, over: Fraction, sense: Sense) -> int | None:
        """Return the row of this atom that helps most; none where not being negative does."""
        if (over > 0) == (sense == "least"):
            lows = [(low, n) for n in self._alone[atom] if (low := self._system.rows[n].least)]
            return max(lows)[1] if lows else None
        highs = [(high, n) for n in self._alone[atom]
                 if (high := self._system.rows[n].most) is not None]  # fmt: skip
        return min(highs)[1] if highs else None

    def _added(self, multipliers: Mapping[int, Fraction], sense: Sense) -> Fraction | None:
        total = Fraction(0)
        for number, times in multipliers.items():
            row = self._system.rows[number]
            end = row.least if (times > 0) == (sense == "least") else row.most
            if times and end is None:
                return None
            total += times * (end or 0)
        return total
