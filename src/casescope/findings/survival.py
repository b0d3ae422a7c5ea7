"""Kaplan–Meier on counts grouped by time: product-limit, Greenwood variance, log-log interval.

Sources: Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 2002, section 1.4 (the
interval on the log-minus-log scale, which stays between 0 and 1).
"""

from collections.abc import Iterable, Sequence
from math import exp, inf, log, sqrt
from typing import NamedTuple

from casescope.findings.finding import CurvePoint
from casescope.findings.intervals import Z95, Interval


class Step(NamedTuple):
    """How many women had the event, and how many were followed no longer, on one day."""

    day: int
    events: int
    censored: int


class Estimate(NamedTuple):
    """The share with an event by some day, with its 95% interval; between 0 and 1."""

    estimate: float
    lower: float
    upper: float


def product_limit(steps: Iterable[Step], women: int | None = None) -> tuple[CurvePoint, ...]:
    """Return one point for each step in order of time; events come before censoring on one day.

    `women` is how many start at risk, where that is not the sum of all steps (rounded counts).
    """
    ordered = sorted(steps)
    at_risk = sum(step.events + step.censored for step in ordered) if women is None else women
    surviving, variance = 1.0, 0.0
    points = []
    for step in ordered:
        # rounded counts can hold more events than women at risk
        surviving *= max(0.0, 1 - step.events / at_risk) if at_risk else 1.0
        variance += _greenwood(at_risk, step.events)
        bounds = _log_log(surviving, variance)
        points.append(CurvePoint(step.day, at_risk, step.events, step.censored,
                                 1 - surviving, bounds.lower, bounds.upper))  # fmt: skip
        at_risk -= step.events + step.censored
    return tuple(points)


def value_at(points: Sequence[CurvePoint], day: float) -> Estimate | None:
    """Return the estimate on `day`; none where nobody was followed that long."""
    if not points or day > points[-1].day:
        return None
    passed = [point for point in points if point.day <= day]
    if not passed:
        return Estimate(0.0, 0.0, 0.0)
    return Estimate(passed[-1].estimate, passed[-1].lower, passed[-1].upper)


def _greenwood(at_risk: int, events: int) -> float:
    if events == 0:
        return 0.0
    return inf if events >= at_risk else events / (at_risk * (at_risk - events))


def _log_log(surviving: float, variance: float) -> Interval:
    """Return the interval of the cumulative incidence, 1 minus that of survival."""
    if variance == 0.0:
        return Interval(0.0, 0.0)
    if variance == inf or surviving <= 0.0:
        return Interval(0.0, 1.0)  # everybody left had the event: the variance has no value
    width = Z95 * sqrt(variance) / log(surviving)
    return Interval(1 - surviving ** exp(width), 1 - surviving ** exp(-width))
