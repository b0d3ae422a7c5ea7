"""Aalen–Johansen on counts grouped by time: the share with an event where other ends forestall it.

Kaplan–Meier says what would be if nobody died or grew too old; this says what is seen to happen.

Sources: Aalen and Johansen 1978; the variance of Greenwood's kind in Andersen, Borgan, Gill and
Keiding 1993, section IV.4 (algebraically that of Dinse and Larson 1986, which SAS and lifelines
use, and without delayed entry the infinitesimal jackknife of R's survival); interval on the
log-minus-log scale of the incidence itself, as in Choudhury 2002.
"""

from collections.abc import Iterable
from math import exp, log, sqrt
from typing import NamedTuple

from casescope.findings.finding import CurvePoint
from casescope.findings.intervals import Z95, Interval
from casescope.findings.survival.steps import Step, at_risk_from


class _State(NamedTuple):
    """The share with neither end yet, the share with an event, and how both vary."""

    free: float = 1.0
    incidence: float = 0.0
    free_variance: float = 0.0
    covariance: float = 0.0
    variance: float = 0.0


def cumulative_incidence(steps: Iterable[Step], women: int | None = None) -> tuple[CurvePoint, ...]:
    """Return one point for each step in order of time.

    `women` is how many start at risk, where that is not the sum of all steps (rounded counts).
    """
    state = _State()
    points = []
    for step, at_risk in at_risk_from(steps, women):
        if at_risk > 0:
            state = _after(state, step, at_risk)
        bounds = _log_log(state.incidence, state.variance)
        points.append(CurvePoint(step.day, at_risk, step.events, step.censored, state.incidence,
                                 bounds.lower, bounds.upper, step.competing))  # fmt: skip
    return tuple(points)


def _after(state: _State, step: Step, at_risk: int) -> _State:
    """Return the state after one day: shares move by the day's hazards, which are multinomial."""
    hazard = step.events / at_risk
    either = min(1.0, (step.events + step.competing) / at_risk)  # rounded counts may add up to more
    stays, spread = 1 - either, state.free**2 / at_risk
    return _State(
        free=state.free * stays,
        incidence=state.incidence + state.free * hazard,
        free_variance=stays**2 * state.free_variance + spread * either * stays,
        covariance=stays * (state.covariance + hazard * state.free_variance)
        - spread * hazard * stays,
        variance=state.variance + 2 * hazard * state.covariance
        + hazard**2 * state.free_variance + spread * hazard * (1 - hazard),
    )  # fmt: skip


def _log_log(incidence: float, variance: float) -> Interval:
    if incidence <= 0.0:
        return Interval(0.0, 0.0)
    if incidence >= 1.0:
        return Interval(0.0, 1.0)  # everybody had the event: the interval has no value
    width = Z95 * sqrt(max(0.0, variance)) / (incidence * log(incidence))
    return Interval(incidence ** exp(-width), incidence ** exp(width))
