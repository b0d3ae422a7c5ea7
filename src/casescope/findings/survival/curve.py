"""Kaplan–Meier on counts grouped by time: product-limit, Greenwood variance, log-log interval.

Sources: Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 2002, section 1.4 (the
interval on the log-minus-log scale, which stays between 0 and 1); delayed entry as in Klein and
Moeschberger 2003, section 4.6.
"""

from collections.abc import Iterable
from math import exp, inf, log, sqrt

from casescope.findings.finding import CurvePoint
from casescope.findings.intervals import Z95, Interval
from casescope.findings.survival.steps import Step, at_risk_from


def product_limit(steps: Iterable[Step], women: int | None = None) -> tuple[CurvePoint, ...]:
    """Return one point for each step in order of time; competing ends censor.

    `women` is how many start at risk, where that is not the sum of all steps (rounded counts).
    """
    surviving, variance = 1.0, 0.0
    points = []
    for step, at_risk in at_risk_from(steps, women):
        # rounded counts can hold more events than women at risk
        surviving *= max(0.0, 1 - step.events / at_risk) if at_risk else 1.0
        variance += _greenwood(at_risk, step.events)
        bounds = _log_log(surviving, variance)
        points.append(CurvePoint(step.day, at_risk, step.events, step.censored,
                                 1 - surviving, bounds.lower, bounds.upper,
                                 step.competing))  # fmt: skip
    return tuple(points)


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
