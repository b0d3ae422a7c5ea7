"""HiGHS behind one small door: the same rows, one objective after another."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray

from casescope.disclosure.audit.narrowing import Floats
from casescope.disclosure.audit.system import Ints

Sense = Literal["least", "most"]
SENSES: tuple[Sense, Sense] = ("least", "most")
_DUAL, _PRIMAL = 1, 4
_ANSWERS = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
_MOST_NODES = 2_000
"""Of a search for whole numbers; a count and no time, so that two runs come to the same."""


@dataclass(frozen=True)
class Rows:
    """Rows in compressed form: `start` has one more entry than there are rows."""

    start: NDArray[np.int32]
    column: NDArray[np.int32]
    value: Floats
    least: Floats
    most: Floats


class Objective(NamedTuple):
    """What is to be least or greatest: columns, each once, and what one of each is worth.

    Of a count that is a whole number.
    """

    columns: Ints
    worth: NDArray[Any]


NOTHING = Objective(np.zeros(0, np.int64), np.zeros(0))
"""Any allowed point will do."""


@dataclass(frozen=True)
class Solved:
    """The value of an objective, the point where it is attained, and what each row adds to it.

    `value` is None without end. Where the solver gave up (`certain` is False) it is a bound, which
    may be infinite. `point` is None where there is none.
    """

    value: float | None
    point: Floats | None
    duals: Floats | None
    certain: bool = True


class Impossible(Exception):
    """No numbers satisfy all rows."""


class Programme:
    """Whole or any non-negative numbers between bounds that satisfy rows."""

    def __init__(
        self,
        rows: Rows,
        lower: Floats,
        upper: Floats,
        *,
        whole: bool = False,
        gap: float = 0.5,
        primal: bool = True,
    ) -> None:
        """Take rows and bounds; a search ends within `gap` of the best (counts are 1 apart).

        `primal`: go from one allowed point to the next, which is best for many aims in turn; the
        first is found the other way, for from nothing that takes a tenth of the time.
        """
        self._size = len(lower)
        self._set = NOTHING.columns
        self._whole, self._primal = whole, primal
        self._highs = _Highs()  # the class over it prints a banner before it can be silenced
        for name, value in (
            ("output_flag", False), ("threads", 1), ("random_seed", 0), ("parallel", "off"),
            ("simplex_strategy", _DUAL), ("mip_max_nodes", _MOST_NODES),
            ("mip_abs_gap", gap), ("mip_rel_gap", 0.0),
        ):  # fmt: skip
            self._highs.setOptionValue(name, value)
        kinds = np.full(self._size, int(whole), np.int32)
        self._highs.passModel(
            self._size, len(rows.least), len(rows.column), int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize), 0.0, np.zeros(self._size), lower, upper, rows.least,
            rows.most, rows.start, rows.column, rows.value, kinds,
        )  # fmt: skip

    def solve(self, objective: Objective, sense: Sense, *, enough: float | None = None) -> Solved:
        """Return the least or greatest value of an objective; raise Impossible where none is.

        A search for whole numbers ends when a value is met that is `enough`.
        """
        sign = 1.0 if sense == "least" else -1.0
        self._highs.setOptionValue(
            "objective_target", -highspy.kHighsInf if enough is None else sign * enough + 0.5
        )
        self._aim(objective, sign)
        status = self._status()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Impossible
        if status in (highspy.HighsModelStatus.kUnbounded,
                      highspy.HighsModelStatus.kUnboundedOrInfeasible):  # fmt: skip
            return self._endless()
        certain = status == highspy.HighsModelStatus.kOptimal
        if not certain and not self._whole:
            return Solved(-sign * np.inf, None, None, certain)
        return self._found(sign, certain=certain)

    def _status(self) -> highspy.HighsModelStatus:
        """Run; where the start from the last solution led nowhere, once more from nothing."""
        self._highs.run()
        if self._highs.getModelStatus() not in _ANSWERS and not self._whole:
            self._highs.clearSolver()
            self._highs.run()
        self._go_on()
        return self._highs.getModelStatus()

    def _go_on(self) -> None:
        """Go on from the point that is known."""
        if self._primal:
            self._highs.setOptionValue("simplex_strategy", _PRIMAL)

    def start_at_lower(self) -> None:
        """Begin the next solving with every number at its lower bound."""
        self._go_on()
        basis = highspy.HighsBasis()
        basis.col_status = [highspy.HighsBasisStatus.kLower] * self._size
        basis.row_status = [highspy.HighsBasisStatus.kBasic] * self._highs.getNumRow()
        basis.valid = True
        self._highs.setBasis(basis)

    def _aim(self, objective: Objective, sign: float = 1.0) -> None:
        changed = np.union1d(self._set, objective.columns).astype(np.int32)
        worth = np.zeros(len(changed))
        worth[np.searchsorted(changed, objective.columns)] = sign * objective.worth
        self._set = objective.columns
        self._highs.changeColsCost(len(changed), changed, worth)

    def _endless(self) -> Solved:
        """Tell endless from impossible: solve again with nothing to aim at."""
        self._aim(NOTHING)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Impossible
        return Solved(None, np.array(self._highs.getSolution().col_value), None)

    def _found(self, sign: float, *, certain: bool) -> Solved:
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        point = np.array(solution.col_value) if solution.value_valid else None
        if self._whole:
            return Solved(sign * info.mip_dual_bound, point, None, certain)
        duals = sign * np.array(solution.row_dual)
        return Solved(sign * info.objective_function_value, point, duals, certain)
