"""Survival curves made of rounded counts only."""

from dataclasses import dataclass
from math import ceil

from casescope.disclosure.pack import RulePack
from casescope.disclosure.released import ReleasedCell, ReleasedCurve, ReleasedPoint
from casescope.findings.finding import CurveFinding
from casescope.findings.survival import Step, product_limit
from casescope.kernel.dates import DAYS_PER_YEAR

_MONTH = DAYS_PER_YEAR / 12


@dataclass
class _Month:
    """Exact counts of one month since the index, before anything is hidden or rounded."""

    number: int
    at_risk: int
    events: int = 0
    censored: int = 0


def release_curve(curve: CurveFinding, pack: RulePack) -> ReleasedCurve:
    """Return the curve with steps of whole months, estimated anew from rounded cumulative counts.

    It ends before the first month that too few women reached, so no step rests on a few and the
    first and last times (a least and a greatest value) are not shown.
    """
    months = [month for month in _months(curve) if not pack.hides(month.at_risk)]
    hidden = pack.hides(curve.women) or pack.hides(sum(month.events for month in months))
    points = () if hidden else _points(months, pack.midpoint(curve.women), pack)
    return ReleasedCurve(
        curve.id, curve.title, curve.unit, points, points[-1].day if points else 0,
        _count(curve.women, pack), _count(curve.events, pack), hidden,
        curve.method, curve.source, curve.period, curve.caveats,
    )  # fmt: skip


def _months(curve: CurveFinding) -> list[_Month]:
    months: dict[int, _Month] = {}
    at_risk = curve.women
    for point in sorted(curve.points, key=lambda point: point.day):
        number = ceil(point.day / _MONTH)
        month = months.setdefault(number, _Month(number, at_risk))
        month.events += point.events
        month.censored += point.censored
        at_risk -= point.events + point.censored
    return list(months.values())


def _rounded(months: list[_Month], pack: RulePack) -> list[Step]:
    """Return the changes of the rounded cumulative counts; months without a change fall away."""
    events = censored = shown_events = shown_censored = 0
    steps = []
    for month in months:
        events, censored = events + month.events, censored + month.censored
        new = Step(_day(month), pack.midpoint(events) - shown_events,
                   pack.midpoint(censored) - shown_censored)  # fmt: skip
        if new.events or new.censored:
            steps.append(new)
        shown_events, shown_censored = pack.midpoint(events), pack.midpoint(censored)
    return steps


def _points(months: list[_Month], women: int, pack: RulePack) -> tuple[ReleasedPoint, ...]:
    """Return day 0, every step that enough women reach, and the day that the curve ends."""
    steps = _rounded(months, pack)
    points = [ReleasedPoint(0, women, 0.0, 0.0, 0.0)]
    end = Step(_day(months[-1]), 0, 0)
    if not steps or steps[-1].day != end.day:
        steps.append(end)
    for found in product_limit(steps, women):
        if pack.hides(found.at_risk):
            break
        points.append(ReleasedPoint(found.day, found.at_risk, round(found.estimate, 4),
                                    round(found.lower, 4), round(found.upper, 4)))  # fmt: skip
    return tuple(points)


def _day(month: _Month) -> int:
    """Return the first whole day by which the month is over."""
    return ceil(month.number * _MONTH)


def _count(n: int, pack: RulePack) -> ReleasedCell:
    """Return a count of the curve, rounded as the curve is: two roundings would give it away."""
    if pack.hides(n):
        return ReleasedCell("curve_count", pack.hidden_words, hidden=True)
    return ReleasedCell("curve_count", f"{pack.midpoint(n):,}", float(pack.midpoint(n)))
