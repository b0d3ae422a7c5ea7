"""A released curve as a chart draws it: in years, to the last year shown, with who is followed."""

from casescope.disclosure.released import ReleasedCurve, ReleasedPoint
from casescope.kernel.dates import DAYS_PER_YEAR
from casescope.report.charts.kinds import Curve, CurvePoint
from casescope.report.prose import years_of


def curve_of_years(curve: ReleasedCurve, label: str, years: tuple[int, ...]) -> Curve:
    """Return the curve up to the last of these years; a hidden one has no points."""
    last = years[-1] * DAYS_PER_YEAR
    points = [_point(point.day, point) for point in curve.points if point.day <= last]
    until = min(curve.until_day, last)
    if points and (end := curve.at(until)) and until > curve.points[-1].day:
        points.append(_point(until, end))
    return Curve(label, tuple(points), tuple(_followed(curve, year) for year in years))


def _point(day: float, point: ReleasedPoint) -> CurvePoint:
    return CurvePoint(years_of(day), point.estimate, point.lower, point.upper)


def _followed(curve: ReleasedCurve, year: int) -> str:
    count = curve.at_risk(year * DAYS_PER_YEAR)
    return "–" if count is None else f"{count:,}"
