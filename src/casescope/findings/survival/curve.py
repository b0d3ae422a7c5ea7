"""Kaplan–Meier on counts grouped by time: product-limit, Greenwood variance, log-log interval.

Sources: Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 2002, section 1.4 (the
interval on the log-minus-log scale, which stays between 0 and 1); delayed entry as in Klein and
Moeschberger 2003, section 4.6.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from casescope.findings.finding import CurvePoint
from casescope.findings.intervals import Z95
from casescope.findings.survival.columns import Counted, Days, Times
from casescope.findings.survival.steps import Step

Shares = NDArray[np.float64]


class Curve(NamedTuple):
    """The fields of `CurvePoint` as columns of one length, in order of time."""

    day: Times
    at_risk: Counted
    events: Counted
    censored: Counted
    estimate: Shares
    lower: Shares
    upper: Shares
    competing: Counted

    def points(self) -> tuple[CurvePoint, ...]:
        """Return one point for each row."""
        return tuple(map(CurvePoint, *(column.tolist() for column in self)))


def product_limit(steps: Iterable[Step], women: int | None = None) -> tuple[CurvePoint, ...]:
    """Return one point for each step in order of time; competing ends censor.

    `women` is how many start at risk, where that is not the sum of all steps (rounded counts).
    """
    return product_limit_of(Days.of(steps, women)).points()


def product_limit_of(days: Days) -> Curve:
    """Return the curve of what a database counted by day; competing ends censor."""
    surviving = np.cumprod(1 - _hazards(days.events, days.at_risk), dtype=np.float64)
    lower, upper = _log_log(surviving, np.cumsum(_greenwood(days.events, days.at_risk)))
    return Curve(days.day, days.at_risk, days.events, days.censored,
                 1 - surviving, lower, upper, days.competing)  # fmt: skip


def _hazards(events: Counted, at_risk: Counted) -> Shares:
    """Return the share of those at risk who have the event, 1 at most.

    Rounded counts can hold more events than women at risk, and leave fewer than none.
    """
    hazards = np.divide(events, at_risk, out=np.zeros(len(events)), where=at_risk > 0)
    return np.minimum(hazards, 1.0)


def _greenwood(events: Counted, at_risk: Counted) -> Shares:
    """Return what each step adds to the variance; infinite where everybody left had the event."""
    stay = at_risk - events
    adds = np.where(events > 0, np.inf, 0.0)
    return np.divide(events, at_risk * stay, out=adds, where=(events > 0) & (stay > 0))


def _log_log(surviving: Shares, variance: Shares) -> tuple[Shares, Shares]:
    """Return the interval of the cumulative incidence, 1 minus that of survival.

    Before the first event it is the point; where all left had the event, the variance has no value.
    """
    lower, upper = np.zeros(len(surviving)), np.where(variance == 0.0, 0.0, 1.0)
    valued = (variance > 0.0) & (variance < np.inf) & (surviving > 0.0)
    shares = surviving[valued]
    width = Z95 * np.sqrt(variance[valued]) / np.log(shares)
    lower[valued], upper[valued] = 1 - shares ** np.exp(width), 1 - shares ** np.exp(-width)
    return lower, upper
