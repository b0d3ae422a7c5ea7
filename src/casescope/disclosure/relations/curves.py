"""Curves of how soon: the counts that a reader can work out from a released curve's points."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from casescope.disclosure.audit import Cell
from casescope.disclosure.relations.children import AT_FIRST, CHILDREN, COURSE
from casescope.disclosure.relations.meaning import Where, cell
from casescope.disclosure.released import ReleasedCurve
from casescope.findings.care import PERMANENCE_AT
from casescope.kernel.dates import DAYS_PER_YEAR

ENDED = "ended in"
"""The dimension that says in which month of a curve an event came, if it did."""


_MONTH = DAYS_PER_YEAR / 12
_EVER, _NEVER, _LATER = "ever", "never", "later"


_NEWBORN = "newborn, "


class Told(NamedTuple):
    """Events, and people followed no longer without one, from the start to a month's end."""

    month: int
    events: int
    censored: int | None


class Followed(NamedTuple):
    """Whom a curve follows, and by which dimension it tells when their event came."""

    universe: str
    where: Where
    ended: str

    def everybody(self) -> Cell:
        """Return all whom the curve follows."""
        return cell(self.universe, self.where)

    def without_event(self) -> Cell:
        """Return those who had none as long as they were followed."""
        return cell(self.universe, self.where, {self.ended: _NEVER})

    def with_event(self, by_month: int | None = None) -> Cell:
        """Return those who had an event, by the end of a month of the curve or ever."""
        when = _EVER if by_month is None else _by(by_month)
        return cell(self.universe, self.where, {self.ended: when})


def followed(curve: str) -> Followed | None:
    """Return whom the curve with this id follows; None for one that only tables read off."""
    kind, _, rest = curve.partition("_")
    if kind == "permanence" and rest in PERMANENCE_AT:
        where = {} if rest == "all" else {AT_FIRST: PERMANENCE_AT[rest]}
        return Followed(CHILDREN, COURSE | where, "permanence")
    if kind != "recurrence":
        return None
    if rest in ("broad", "strict"):
        return Followed(_women(rest), {}, ENDED)
    if rest in ("newborn_broad", "newborn_strict"):
        return Followed(_women(rest.removeprefix("newborn_")), {}, f"{_NEWBORN}{ENDED}")
    return _in_division(rest)


def _women(count: str) -> str:
    return f"women followed, {count}"


def _in_division(rest: str) -> Followed | None:
    for division in ("index_newborn", "age", "decade"):
        value = rest.removeprefix(f"{division}_")
        if value != rest and value not in ("broad_competing", "strict_competing"):
            return Followed(_women("broad"), {division: value}, ENDED)
    return None


def told(curve: ReleasedCurve) -> Iterator[Told]:
    """Yield what a product-limit curve tells at the end of each month in which it steps.

    From one step to the next the share without an event falls by events over women at risk, and
    those at risk by events and censored together. All are whole numbers, so a reader has them. Of
    the last step nobody is told how many were censored.
    """
    events, without = 0, 1.0
    for point, after in zip_longest(curve.points[1:], curve.points[2:]):
        left = 1 - point.estimate
        events += round(point.at_risk * (1 - left / without)) if without else 0
        without = left
        gone = None if after is None else curve.points[0].at_risk - after.at_risk - events
        yield Told(int(point.day / _MONTH), events, gone)


def told_by_year(curve: ReleasedCurve) -> Iterator[Told]:
    """Yield what a curve tells at the end of each whole year it reaches.

    `disclosure.divisions` holds every month of the groups against the whole; all months in one
    system would only make it slower.
    """
    steps = [Told(0, 0, 0), *told(curve)]
    for month in range(12, steps[-1].month + 1, 12):
        yield [one for one in steps if one.month <= month][-1]._replace(month=month)


def unions(curves: Iterable[ReleasedCurve]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return "by month 9" and "ever" as unions of spans of months, for each dimension of months."""
    months: dict[str, set[int]] = {}
    for curve in curves:
        if (whom := followed(curve.id)) is not None:
            months.setdefault(whom.ended, set()).update(one.month for one in told_by_year(curve))
    return {ended: _spans(sorted(found)) for ended, found in months.items()}


def never(curves: Iterable[ReleasedCurve]) -> Iterator[Cell]:
    """Yield that a woman whose newborn was removed again had a removal again."""
    for curve in curves:
        whom = followed(curve.id)
        if whom is not None and whom.ended.startswith(_NEWBORN):
            yield cell(whom.universe, {whom.ended: _EVER, ENDED: _NEVER})


def _by(month: int) -> str:
    return f"by month {month}"


def _spans(months: list[int]) -> dict[str, tuple[str, ...]]:
    spans = [f"months {after + 1} to {until}" for after, until in pairwise([0, *months])]
    so_far = {_by(month): tuple(spans[: place + 1]) for place, month in enumerate(months)}
    return {**so_far, _EVER: (*spans, _LATER)}
