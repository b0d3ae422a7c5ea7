"""Follow-up as counts by day, who is at risk on each day, and a curve read on one day."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from casescope.findings.finding import CurvePoint


class Step(NamedTuple):
    """What happened on one day: events, women followed no longer, women who came in late.

    `competing` are those of the censored whose follow-up ended in something after which no event
    can come. `entered` are at risk from the day after (delayed entry); all others from day 0.
    """

    day: int
    events: int
    censored: int
    competing: int = 0
    entered: int = 0


class Estimate(NamedTuple):
    """The share with an event by some day, with its 95% interval; between 0 and 1."""

    estimate: float
    lower: float
    upper: float


def at_risk_from(steps: Iterable[Step], women: int | None = None) -> Iterator[tuple[Step, int]]:
    """Yield each step in order of time with how many are at risk on its day, before it.

    On one day events come before censoring, and who enters on it is at risk only afterwards.
    `women` is how many start at risk, where that is not the sum of all steps (rounded counts).
    """
    ordered = sorted(steps)
    at_risk = women
    if at_risk is None:
        at_risk = sum(step.events + step.censored - step.entered for step in ordered)
    for step in ordered:
        yield step, at_risk
        at_risk += step.entered - step.events - step.censored


def value_at(points: Sequence[CurvePoint], day: float) -> Estimate | None:
    """Return the estimate on `day`; none where nobody was followed that long."""
    if not points or day > points[-1].day:
        return None
    passed = [point for point in points if point.day <= day]
    if not passed:
        return Estimate(0.0, 0.0, 0.0)
    return Estimate(passed[-1].estimate, passed[-1].lower, passed[-1].upper)


class Median(NamedTuple):
    """The day by which half had the event, with its 95% interval; an end not reached is None."""

    day: int | None
    lower: int | None
    upper: int | None


def median(curve: Iterable[tuple[int, Estimate]]) -> Median:
    """Return the median time: where the curve, and each end of its interval, first is a half.

    Source: Brookmeyer and Crowley 1982 (the interval by inverting that of the curve).
    """
    steps = list(curve)
    return Median(
        next((day for day, found in steps if found.estimate >= 0.5), None),
        next((day for day, found in steps if found.upper >= 0.5), None),
        next((day for day, found in steps if found.lower >= 0.5), None),
    )
