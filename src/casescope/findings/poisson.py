"""The exact interval of a rate: events counted over time at risk."""

from math import exp, lgamma, log
from typing import NamedTuple

_HALF = 0.025
_PRECISION = 1e-12


class RateInterval(NamedTuple):
    """Lower and upper bound of a rate, in events for each unit of time; never negative."""

    lower: float
    upper: float


def garwood(events: int, time: float) -> RateInterval | None:
    """Return the exact 95% interval of `events` over `time`; none where no time was at risk.

    The bounds are the means of the Poisson distributions for which as many events or more, and as
    many or fewer, have a probability of 2.5%. Never less likely than 95% to hold the truth.
    Source: Garwood 1936, Biometrika 28:437.
    """
    if time <= 0:
        return None
    lower = 0.0 if events == 0 else _mean_at(events - 1, 1 - _HALF)
    return RateInterval(lower / time, _mean_at(events, _HALF) / time)


def _mean_at(most: int, probability: float) -> float:
    """Return the mean for which at most `most` events have this probability, by bisection."""
    low, high = 0.0, 1.0
    while at_most(most, high) > probability:
        low, high = high, 2 * high
    while high - low > _PRECISION * high:
        middle = (low + high) / 2
        low, high = (middle, high) if at_most(most, middle) > probability else (low, middle)
    return (low + high) / 2


def at_most(most: int, mean: float) -> float:
    """Return the probability of at most `most` events under a Poisson mean.

    Terms are added from the largest down, each made from the one before it.
    """
    if mean == 0:
        return 1.0
    top = min(most, int(mean))
    largest = exp(top * log(mean) - mean - lgamma(top + 1))
    return largest * (1 + _below(top, mean) + _above(top, most, mean))


def _below(top: int, mean: float) -> float:
    total, term = 0.0, 1.0
    for events in range(top, 0, -1):
        term *= events / mean
        total += term
        if term < _PRECISION**2:
            break
    return total


def _above(top: int, most: int, mean: float) -> float:
    total, term = 0.0, 1.0
    for events in range(top + 1, most + 1):
        term *= mean / events
        total += term
        if term < _PRECISION**2:
            break
    return total
