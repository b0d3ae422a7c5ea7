"""Curves of how soon: the counts that a reader can work out from a released curve's points."""

from collections.abc import Iterator
from itertools import zip_longest
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

    def with_event(self, by_month: int | None = None) -> Cell:
        """Return those who had an event, by the end of a month of the curve or ever."""
        when = "ever" if by_month is None else f"by month {by_month}"
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
        return Followed(_women(rest.removeprefix("newborn_")), {}, f"newborn, {ENDED}")
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
