"""The log-rank test: whether groups differ in how soon the event comes, more than by chance.

Sources: Mantel 1966; Peto and Peto 1972; for k groups Klein and Moeschberger 2003, section 7.3.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import erfc, exp, lgamma, log, sqrt
from typing import NamedTuple

from casescope.findings.survival.steps import Step, at_risk_from


class LogRank(NamedTuple):
    """The statistic, its degrees of freedom, and how often chance alone makes as much (p).

    Beside them each group's events, and those expected if all groups were alike.
    """

    chi_square: float
    df: int
    p: float
    observed: tuple[int, ...]
    expected: tuple[float, ...]


class _Day(NamedTuple):
    """Events and women at risk in each group on one day."""

    events: tuple[int, ...]
    at_risk: tuple[int, ...]


def log_rank(groups: Sequence[Iterable[Step]]) -> LogRank | None:
    """Compare groups over their whole follow-up; none where fewer than two ever could have events.

    A group with nobody at risk on any day of an event says nothing and is left out.
    """
    days = list(_days([list(steps) for steps in groups]))
    observed = tuple(sum(day.events[g] for day in days) for g in range(len(groups)))
    expected = tuple(sum(_share(day, g) * sum(day.events) for day in days)
                     for g in range(len(groups)))  # fmt: skip
    telling = [g for g, number in enumerate(expected) if number > 0]
    if len(telling) < 2:
        return None
    used = telling[:-1]  # the last follows from the others
    apart = [observed[g] - expected[g] for g in used]
    weights = _solved([[_covariance(days, g, h) for h in used] for g in used], apart)
    if weights is None:
        return None
    chi_square = sum(a * w for a, w in zip(apart, weights, strict=True))
    return LogRank(chi_square, len(used), chi_square_tail(chi_square, len(used)),
                   observed, expected)  # fmt: skip


def chi_square_tail(value: float, df: int) -> float:
    """Return the chance that chi-square with `df` degrees of freedom is at least `value`.

    Source: Abramowitz and Stegun 1964, 26.4.4 and 26.4.5 (a finite sum for whole `df`).
    """
    if value <= 0:
        return 1.0
    half = value / 2
    tail = erfc(sqrt(half)) if df % 2 else exp(-half)
    for lower in range(1 if df % 2 else 2, df, 2):
        tail += exp(lower / 2 * log(half) - half - lgamma(lower / 2 + 1))
    return min(1.0, tail)


def _days(groups: Sequence[Sequence[Step]]) -> Iterator[_Day]:
    """Yield every day with an event in any group."""
    followed = [list(at_risk_from(steps)) for steps in groups]
    starts = [pairs[0][1] if pairs else 0 for pairs in followed]
    changes = sorted(
        ((step.day, group, step) for group, pairs in enumerate(followed) for step, _ in pairs),
        key=lambda change: change[0],
    )
    at_risk, place = starts, 0
    while place < len(changes):
        day, events, after = changes[place][0], [0] * len(groups), at_risk.copy()
        while place < len(changes) and changes[place][0] == day:
            _, group, step = changes[place]
            events[group] += step.events
            after[group] += step.entered - step.events - step.censored
            place += 1
        if any(events):
            yield _Day(tuple(events), tuple(at_risk))
        at_risk = after


def _share(day: _Day, group: int) -> float:
    whole = sum(day.at_risk)
    return day.at_risk[group] / whole if whole else 0.0


def _covariance(days: Sequence[_Day], one: int, other: int) -> float:
    """Return how two groups' events vary together, hypergeometric on each day (ties included)."""
    total = 0.0
    for day in days:
        events, whole = sum(day.events), sum(day.at_risk)
        if whole > 1:
            spread = events * (whole - events) / (whole - 1)
            total += spread * _share(day, one) * ((one == other) - _share(day, other))
    return total


def _solved(matrix: list[list[float]], right: list[float]) -> list[float] | None:
    """Return x with `matrix` x = `right`, by elimination; none where it has no single answer."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = max(range(at, len(rows)), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        if abs(rows[at][at]) < 1e-12:
            return None
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other, row in enumerate(rows):
            if other != at:
                rows[other] = [v - row[at] * w for v, w in zip(row, rows[at], strict=True)]
    return [row[-1] for row in rows]
