"""Follow-up as columns of counts, a number for each day, as a database hands them over."""

from collections.abc import Iterable
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from casescope.findings.survival.steps import Step

Counted = NDArray[np.int64]
Times = NDArray[np.int64] | NDArray[np.float64]


class Days(NamedTuple):
    """The fields of `Step` as columns of one length; `at_risk` is who is at risk before each.

    On one day events come before censoring, and who enters on it is at risk only afterwards.
    """

    day: Times
    events: Counted
    censored: Counted
    competing: Counted
    at_risk: Counted

    @classmethod
    def of(cls, steps: Iterable[Step], women: int | None = None) -> Self:
        """Return steps in order of time; `women` as in `at_risk_from`."""
        held = sorted(steps)
        counts = np.array([step[1:] for step in held], np.int64).reshape(-1, len(Step._fields) - 1)
        return cls._followed(np.array([step.day for step in held]), *counts.T, women=women)

    @classmethod
    def counted(cls, day: ArrayLike, events: ArrayLike, censored: ArrayLike) -> Self:
        """Return columns of one row a day, in any order, of women who are all there from day 0."""
        order = np.argsort(day)
        happened, left = (np.asarray(column, np.int64)[order] for column in (events, censored))
        nobody = np.zeros(len(order), np.int64)
        return cls._followed(np.asarray(day)[order], happened, left, nobody, nobody, women=None)

    @classmethod
    def _followed(
        cls, day: Times, events: Counted, censored: Counted, competing: Counted,
        entered: Counted, *, women: int | None,
    ) -> Self:  # fmt: skip
        leave = events + censored - entered
        there = int(leave.sum()) if women is None else women
        return cls(day, events, censored, competing, there + leave - np.cumsum(leave))
