"""Intervals for a proportion."""

from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


class Interval(NamedTuple):
    """Lower and upper bound, proportions between 0 and 1."""

    lower: float
    upper: float


def wilson(n: int, of: int) -> Interval | None:
    """Return Wilson's 95% score interval for `n` of `of`; none where `of` is 0.

    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857, method 3.
    """
    if of == 0:
        return None
    share = n / of
    centre = share + Z95**2 / (2 * of)
    spread = Z95 * sqrt(share * (1 - share) / of + Z95**2 / (4 * of**2))
    scale = 1 + Z95**2 / of
    lower = 0.0 if n == 0 else (centre - spread) / scale  # not what rounding leaves of nothing
    return Interval(lower, 1.0 if n == of else (centre + spread) / scale)
