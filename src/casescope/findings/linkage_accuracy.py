"""How often links are right and how many are missed, estimated from pairs reviewed at random.

Pairs are scored, put into strata by probability, and some of each stratum are drawn and judged by
a person. Precision is the share of one woman's pairs among the pairs linked, a mean over strata
weighted by their size (Cochran 1977, Sampling Techniques, 5.3). Its interval puts the strata's own
intervals (Wilson's with continuity correction) together by recovered variances (MOVER; Zou, Huang
& Zhang 2009, Computational Statistics & Data Analysis 53:1080), which stay honest where every
answer in a stratum was alike. Recall is the share linked among all scored pairs of one woman; its
interval is that of the ratio of pairs missed to pairs found (MOVER-R; Donner & Zou 2012,
Statistical Methods in Medical Research 21:347, equation 9), turned into a share.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from casescope.findings.intervals import Z95, Interval

LEAST_REVIEWED = 10
"""Fewer answers than this among links made, or among links not made, tell nothing."""


@dataclass(frozen=True)
class Stratum:
    """Pairs of like probability: how many there are, were judged, and were judged one woman."""

    linked: bool
    pairs: int
    judged: int
    same: int


@dataclass(frozen=True)
class Estimate:
    """A share with its 95% interval."""

    share: float
    interval: Interval


@dataclass(frozen=True)
class Accuracy:
    """Precision and recall; None where too few pairs were judged, or no pair is of one woman."""

    precision: Estimate | None
    recall: Estimate | None
    judged_linked: int
    judged_not_linked: int
    pairs_linked: int
    pairs_not_linked: int


@dataclass(frozen=True)
class _Total:
    """An estimated number of pairs of one woman, and between which numbers it may lie."""

    number: float
    lower: float
    upper: float


def accuracy(strata: Sequence[Stratum]) -> Accuracy:
    """Estimate precision and recall of the links among scored pairs."""
    linked = [one for one in strata if one.linked and one.pairs]
    others = [one for one in strata if not one.linked and one.pairs]
    found, missed = _total(linked), _total(others)
    size = sum(one.pairs for one in linked)
    return Accuracy(
        precision=_precision(found, size) if _is_enough(linked) else None,
        recall=_recall(found, missed) if _is_enough(linked) and _is_enough(others) else None,
        judged_linked=sum(one.judged for one in linked),
        judged_not_linked=sum(one.judged for one in others),
        pairs_linked=size,
        pairs_not_linked=sum(one.pairs for one in others),
    )


def _is_enough(strata: Sequence[Stratum]) -> bool:
    """Say whether enough pairs were judged; where all were, few are enough."""
    judged = sum(one.judged for one in strata)
    return judged >= LEAST_REVIEWED or all(one.judged == one.pairs for one in strata)


def _total(strata: Sequence[Stratum]) -> _Total:
    """Return how many of the strata's pairs are of one woman (Zou, Huang & Zhang 2009)."""
    usual = _usual_share(strata)
    shares = [(one.pairs, *_share(one, usual)) for one in strata]
    number = sum(pairs * share for pairs, share, _ in shares)
    below = sqrt(sum((pairs * (share - limits.lower)) ** 2 for pairs, share, limits in shares))
    above = sqrt(sum((pairs * (limits.upper - share)) ** 2 for pairs, share, limits in shares))
    most = sum(one.pairs for one in strata)
    return _Total(number, max(0.0, number - below), min(float(most), number + above))


def _usual_share(strata: Iterable[Stratum]) -> float:
    judged, same = 0, 0
    for one in strata:
        judged, same = judged + one.judged, same + one.same
    return same / judged if judged else 0.5


def _share(stratum: Stratum, usual: float) -> tuple[float, Interval]:
    """Return a stratum's share of one woman's pairs; of one never judged nothing is known."""
    if not stratum.judged:
        return usual, Interval(0.0, 1.0)
    limits = corrected_wilson(stratum.same, stratum.judged)
    share = stratum.same / stratum.judged
    left = _left_to_chance(stratum)
    return share, Interval(
        share - left * (share - limits.lower), share + left * (limits.upper - share)
    )


def corrected_wilson(n: int, of: int) -> Interval:
    """Return Wilson's 95% score interval with continuity correction; `of` is at least 1.

    Source: Newcombe 1998, Statistics in Medicine 17:857, method 4. Strata near 0 and 1 are the
    rule here, and put together without the correction they cover the truth too seldom.
    """
    share, square = n / of, Z95**2
    scale = 2 * (of + square)
    below = Z95 * sqrt(max(0.0, square - 2 - 1 / of + 4 * share * (of * (1 - share) + 1)))
    above = Z95 * sqrt(max(0.0, square + 2 - 1 / of + 4 * share * (of * (1 - share) - 1)))
    lower = (2 * n + square - 1 - below) / scale if n else 0.0
    upper = (2 * n + square + 1 + above) / scale if n < of else 1.0
    return Interval(max(0.0, lower), min(1.0, upper))


def _left_to_chance(stratum: Stratum) -> float:
    """Return by how much the interval is shorter because the stratum is finite (Cochran 2.6)."""
    if stratum.pairs <= stratum.judged:
        return 0.0
    return sqrt((stratum.pairs - stratum.judged) / (stratum.pairs - 1))


def _precision(found: _Total, size: int) -> Estimate | None:
    if not size:
        return None
    return Estimate(found.number / size, Interval(found.lower / size, found.upper / size))


def _recall(found: _Total, missed: _Total) -> Estimate | None:
    if found.lower <= 0:
        return None
    lower, upper = _ratio_limits(missed, found)
    share = found.number / (found.number + missed.number)
    return Estimate(share, Interval(1 / (1 + upper), min(1.0, 1 / (1 + lower))))


def _ratio_limits(top: _Total, bottom: _Total) -> tuple[float, float]:
    """Return the limits of top ÷ bottom (Donner & Zou 2012, equation 9).

    The lower one is written so that it never divides by nought.
    """
    product = top.number * bottom.number
    low_top = top.lower * (2 * top.number - top.lower)
    high_bottom = bottom.upper * (2 * bottom.number - bottom.upper)
    high_top = top.upper * (2 * top.number - top.upper)
    low_bottom = bottom.lower * (2 * bottom.number - bottom.lower)
    below = product + sqrt(max(0.0, product**2 - low_top * high_bottom))
    lower = low_top / below if below else 0.0
    upper = (product + sqrt(max(0.0, product**2 - high_top * low_bottom))) / low_bottom
    return lower, upper
