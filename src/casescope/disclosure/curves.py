"""Survival curves made of rounded counts only."""

from dataclasses import dataclass
from math import ceil

from casescope.disclosure.pack import RulePack
from casescope.disclosure.released import ReleasedCell, ReleasedCurve, ReleasedPoint
from casescope.findings.finding import CurveFinding
from casescope.findings.survival import Step, cumulative_incidence, product_limit
from casescope.kernel.dates import DAYS_PER_YEAR

_MONTH = DAYS_PER_YEAR / 12


@dataclass
class Month:
    """Exact counts of one month since the index, before anything is hidden or rounded."""

    number: int
    at_risk: int
    events: int = 0
    censored: int = 0
    competing: int = 0


def release_curve(curve: CurveFinding, pack: RulePack) -> ReleasedCurve:
    """Return the curve with steps of whole months, estimated anew from rounded cumulative counts.

    It ends before the first month that too few women reached, so no step rests on a few and the
    first and last times (a least and a greatest value) are not shown.
    """
    hidden = is_hidden(curve, pack)
    points = () if hidden else _points(curve, pack)
    return _released(curve, points, _count(curve.women, pack), _count(curve.events, pack))


def withheld_curve(curve: CurveFinding, pack: RulePack) -> ReleasedCurve:
    """Return a curve of which nothing is shown, because it would give another one away."""
    nothing = ReleasedCell("curve_count", pack.withheld_words, hidden=True, rule="curve")
    return _released(curve, (), nothing, nothing)


def is_hidden(curve: CurveFinding, pack: RulePack) -> bool:
    """Say whether too few women or events stand behind a curve for it to be shown at all."""
    months = reached(curve, pack)
    events = sum(month.events for month in months)
    return not events or pack.is_few(curve.women) or pack.is_few(events)


def reached(curve: CurveFinding, pack: RulePack) -> list[Month]:
    """Return the months that enough women reached."""
    return [month for month in _months(curve) if not pack.is_few(month.at_risk)]


def _released(
    curve: CurveFinding,
    points: tuple[ReleasedPoint, ...],
    women: ReleasedCell,
    events: ReleasedCell,
) -> ReleasedCurve:
    return ReleasedCurve(
        curve.id, curve.title, curve.unit, points, points[-1].day if points else 0, women, events,
        not points, curve.method, curve.source, curve.period, curve.caveats,
    )  # fmt: skip


def _months(curve: CurveFinding) -> list[Month]:
    months: dict[int, Month] = {}
    at_risk = curve.women
    for point in sorted(curve.points, key=lambda point: point.day):
        number = ceil(point.day / _MONTH)
        month = months.setdefault(number, Month(number, at_risk))
        month.events += point.events
        month.censored += point.censored
        month.competing += point.competing
        at_risk -= point.events + point.censored
    return list(months.values())


def _rounded(months: list[Month], pack: RulePack, competing: bool) -> list[Step]:
    """Return the changes of the rounded cumulative counts; months without a change fall away.

    All censored women are rounded together, whether or not some met a competing end, so that a
    curve with competing ends says no more of them than the one without. Competing ends are left
    out until they and the other censored women are both enough to be seen.
    """
    exact, shown = [0, 0, 0], [0, 0, 0]
    steps = []
    for month in months:
        new = (month.events, month.censored, month.competing if competing else 0)
        exact = [so_far + now for so_far, now in zip(exact, new, strict=True)]
        seen = [pack.midpoint(count) for count in exact]
        if pack.is_few(exact[1] - exact[2]):
            seen[2] = 0
        changes = [now - before for now, before in zip(seen, shown, strict=True)]
        if any(changes):
            steps.append(Step(_day(month), *changes))
        shown = seen
    return steps


def _points(curve: CurveFinding, pack: RulePack) -> tuple[ReleasedPoint, ...]:
    """Return day 0, every step that enough women reach, and the day that the curve ends."""
    months, women = reached(curve, pack), pack.midpoint(curve.women)
    competing = curve.estimator == "aalen_johansen"
    steps = _rounded(months, pack, competing)
    points = [ReleasedPoint(0, women, 0.0, 0.0, 0.0)]
    end = Step(_day(months[-1]), 0, 0)
    if not steps or steps[-1].day != end.day:
        steps.append(end)
    for found in (cumulative_incidence if competing else product_limit)(steps, women):
        if pack.is_few(found.at_risk):
            break
        points.append(ReleasedPoint(found.day, found.at_risk, round(found.estimate, 4),
                                    round(found.lower, 4), round(found.upper, 4)))  # fmt: skip
    return tuple(points)


def _day(month: Month) -> int:
    """Return the first whole day by which the month is over."""
    return ceil(month.number * _MONTH)


def _count(n: int, pack: RulePack) -> ReleasedCell:
    """Return a count of the curve, rounded as the curve is: two roundings would give it away."""
    if pack.is_few(n):
        return ReleasedCell("curve_count", pack.few_in_a_curve, hidden=True, rule="curve")
    shown = pack.midpoint(n)
    return ReleasedCell("curve_count", f"{shown:,}", float(shown), rule="curve")
