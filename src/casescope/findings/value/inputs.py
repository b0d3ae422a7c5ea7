"""The inputs of the model, each a distribution, and how much time they apply to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from casescope.findings.value.course import Streams
from casescope.findings.value.spread import Fixed, Spread

HORIZONS = (4, 18)
"""Years from the start of the practice; the same as in the published evaluation."""

VARIED = ("rate", "take_up", "effect", "effect_after", "deferred", "practice_cost")
"""Inputs that are drawn; independent of each other."""


@dataclass(frozen=True)
class Inputs:
    """All that the model reads.

    `rate` is removals for each woman-year without a practice; shares lie between 0 and 1;
    `practice_cost` is pounds a year and `removal_cost` pounds in each month after a removal by
    perspective, both in prices of `base_year`.
    """

    rate: Spread
    take_up: Spread
    effect: Spread
    effect_after: Spread
    deferred: Spread
    practice_cost: Spread
    removal_cost: Mapping[str, Streams]
    base_year: int
    women: int = 22
    months: int = 18
    cohorts: int = 1
    after_years: float = 2.5
    discount: float = 0.035

    def at(self, **numbers: float) -> "Inputs":
        """Return the same inputs with some taken as a number."""
        taken: dict[str, Any] = {name: Fixed(value) for name, value in numbers.items()}
        return replace(self, **taken)

    def means(self) -> dict[str, float]:
        """Return the mean of each input that is drawn."""
        return {name: getattr(self, name).mean for name in VARIED}


@dataclass(frozen=True)
class Weights:
    """What one perspective and horizon make of the time that a practice reaches.

    `years` and `years_after` are woman-years for each woman, in the programme and after it, within
    the horizon; `worth` and `worth_after` the same times the discounted cost of a removal then;
    `practice_years` discounted years of running the practice.
    """

    years: float
    years_after: float
    worth: float
    worth_after: float
    practice_years: float


def weights(inputs: Inputs, perspective: str, horizon: int) -> Weights:
    """Return the weights, month by month from the start of the practice."""
    return _weighed(
        inputs.removal_cost[perspective], horizon, inputs.discount,
        inputs.months, inputs.cohorts, round(inputs.after_years * 12),
    )  # fmt: skip


@lru_cache(maxsize=64)  # a report asks for a hundred views that differ in what is drawn alone
def _weighed(
    stream: Streams, horizon: int, rate: float, months: int, cohorts: int, later: int
) -> Weights:
    running = [_middle(month) for month in range(months * cohorts)]
    after = [
        months * (cohort + 1) / 12 + _middle(month)
        for cohort in range(cohorts)
        for month in range(later)
    ]
    running, after = ([t for t in times if t < horizon] for times in (running, after))
    return Weights(
        years=len(running) / 12,
        years_after=len(after) / 12,
        worth=sum(_worth(stream, t, horizon, rate) for t in running) / 12,
        worth_after=sum(_worth(stream, t, horizon, rate) for t in after) / 12,
        practice_years=sum((1 + rate) ** -t for t in running) / 12,
    )


def _middle(month: int) -> float:
    return (month + 0.5) / 12


def _worth(stream: Streams, when: float, horizon: int, rate: float) -> float:
    """Return the discounted cost, up to the horizon, of a removal this many years from the start.

    Each month's cost is discounted to its middle, as the practice's own cost is.
    """
    total = 0.0
    for month, pounds in enumerate(stream):
        within = min(1.0, max(0.0, (horizon - when) * 12 - month))
        total += pounds * within * float((1 + rate) ** -(when + _middle(month)))
    return total
