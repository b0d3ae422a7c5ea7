"""Curves of how soon: the counts that a reader can work out from a released curve's points.

Those that only tables read off count too: of an estimate with its interval a reader learns no more
than the rounded counts that it is made of, and is taken to have learnt all of these.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from casescope.disclosure.audit import Cell, Figure, Place, count
from casescope.disclosure.pack import RulePack
from casescope.disclosure.relations.children import AT_FIRST, CHILDREN, COURSE, ENDED_FOR_GOOD
from casescope.disclosure.relations.meaning import Where, cell
from casescope.disclosure.relations.rest import elsewhere
from casescope.disclosure.relations.women import WOMEN, pattern
from casescope.disclosure.released import ReleasedCurve
from casescope.findings.care import PERMANENCE_AT
from casescope.findings.sensitivity import own_name, read_off
from casescope.kernel.dates import DAYS_PER_YEAR

PERMANENCE = "permanence"
"""The dimension that says in which month of its curve a child reached a permanent home, if so."""

_COUNTS = ("broad", "strict")
_MONTH = DAYS_PER_YEAR / 12
_EVER, _NEVER, _LATER, _FOLLOWED = "ever", "never", "later", "followed"
_OUTSIDE, _WITHOUT = "not followed", "without"
_DIVISIONS = {"index_newborn": "index_newborn", "age": "age at index", "decade": "decade"}
_BY_MONTH = re.compile(r"by month (\d+)")


def ended(count: str) -> str:
    """Return the dimension that says in which month of a curve a woman's event came, if it did."""
    return f"followed, {count}"


def newborn_ended(count: str) -> str:
    """Return the same of an event with a newborn."""
    return f"newborn, followed, {count}"


DIMENSIONS = frozenset(
    {PERMANENCE, *_DIVISIONS.values()}
    | {of(count) for count in _COUNTS for of in (ended, newborn_ended)}
)
"""Those that curves tell of, every category of which is told or meant."""


class Told(NamedTuple):
    """Events, and people followed no longer without one, from the start to a month's end.

    There were `at_least` so many events where the curve has come to everybody.
    """

    month: int
    events: int
    censored: int | None
    at_least: bool = False


class Followed(NamedTuple):
    """Whom a curve follows, and by which dimension it tells when their event came.

    `followed` and `happened` say what else holds of all of them, and of those who had an event.
    """

    universe: str
    where: Where
    ended: str
    followed: Where
    happened: Where

    def everybody(self) -> Cell:
        """Return all whom the curve follows."""
        return cell(self.universe, self.where, self.followed)

    def with_event(self, by_month: int | None = None) -> Cell:
        """Return those who had an event, by the end of a month of the curve or ever."""
        when = _EVER if by_month is None else _by(by_month)
        return cell(self.universe, self.where, self.happened, {self.ended: when})


def followed(curve: str, linkage: str = "lenient") -> Followed | None:
    """Return whom the curve with this id follows, where `linkage` leads; None for one unknown."""
    kind, _, rest = curve.partition("_")
    if kind == "permanence" and rest in PERMANENCE_AT:
        where = {} if rest == "all" else {AT_FIRST: PERMANENCE_AT[rest]}
        return Followed(CHILDREN, COURSE | where, PERMANENCE, {}, {})
    if kind == "sensitivity":
        return _otherwise(curve, linkage)
    if kind != "recurrence":
        return None
    if rest in _COUNTS:
        return _women(rest)
    if rest in ("newborn_broad", "newborn_strict"):
        count = rest.removeprefix("newborn_")
        return _women(count)._replace(ended=newborn_ended(count))
    return _in_division(rest)


def _women(count: str) -> Followed:
    """Return women followed from a first removal to a repeat removal."""
    return Followed(WOMEN, {}, ended(count), {ended(count): _FOLLOWED, pattern(count): "removed"},
                    {pattern(count): "repeat"})  # fmt: skip


def _otherwise(curve: str, linkage: str) -> Followed | None:
    """Return whom a curve of the grid follows, where another choice was made as well."""
    found = read_off(curve)
    if found is None:
        return None
    count, choice = found.removals, own_name(found, linkage)
    return _women(count)._replace(universe=elsewhere(WOMEN, choice) if choice else WOMEN)


def _in_division(rest: str) -> Followed | None:
    for division, dimension in _DIVISIONS.items():
        value = rest.removeprefix(f"{division}_")
        if value != rest and value not in ("broad_competing", "strict_competing"):
            return _women("broad")._replace(where={dimension: value})
    return None


def told(curve: ReleasedCurve, pack: RulePack) -> Iterator[Told]:
    """Yield what a product-limit curve tells at the end of each month in which it steps.

    From one step to the next the share without an event falls by events over women at risk, and
    those at risk by events and censored together. All are whole numbers, so a reader has them; he
    knows to which numbers events were rounded, so what the estimate's last digit leaves open, of
    thousands of women, does not add up. Of the last step nobody is told how many were censored.
    Events are rounded apart from those at risk and can be more; then all had one, and how many more
    there were, or whether any step came after, is not told.
    """
    events, without = 0, 1.0
    for point, after in zip_longest(curve.points[1:], curve.points[2:]):
        left = 1 - point.estimate
        if not left and pack.midpoint_of > 1:
            yield Told(int(point.day / _MONTH), pack.next_midpoint(events + point.at_risk), None,
                       at_least=True)  # fmt: skip
            return
        if without:
            events = pack.nearest_midpoint(events + point.at_risk * (1 - left / without))
        without = left
        gone = None if after is None else curve.points[0].at_risk - after.at_risk - events
        yield Told(int(point.day / _MONTH), events, gone)


def told_by_year(curve: ReleasedCurve, pack: RulePack) -> Iterator[Told]:
    """Yield what a curve tells at the end of each whole year it reaches.

    `disclosure.divisions` holds every month of the groups against the whole; all months in one
    system would only make it slower.
    """
    steps = [Told(0, 0, 0), *told(curve, pack)]
    for month in range(12, steps[-1].month + 1, 12):
        yield [one for one in steps if one.month <= month][-1]._replace(month=month)


def unions(figures: Iterable[Figure]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return "by month 9", "ever" and the like as unions of spans, for each dimension of months."""
    months: dict[str, set[int]] = {}
    for one in figures:
        for _, held in one.terms:
            for name, value in held.categories:
                if name in _ENDED:
                    by = _BY_MONTH.fullmatch(value)
                    months.setdefault(name, set()).update([int(by[1])] if by else [])
    return {name: _spans(sorted(found)) for name, found in months.items()}


_ENDED = frozenset({PERMANENCE, *(of(count) for count in _COUNTS for of in (ended, newborn_ended))})


def others() -> dict[str, frozenset[str]]:
    """Return the categories beside those that curves tell of."""
    beside = frozenset({_NEVER, _OUTSIDE})
    of_women = {of(count): beside for count in _COUNTS for of in (ended, newborn_ended)}
    return {**of_women, PERMANENCE: frozenset({_NEVER})}


def never(curves: Iterable[ReleasedCurve], linkage: str) -> Iterator[Cell]:
    """Yield whom there cannot be: events of women without a repeat removal, and the like."""
    known = [whom for one in curves if (whom := followed(one.id, linkage)) is not None]
    for universe, dimension in dict.fromkeys((one.universe, one.ended) for one in known):
        yield from (cell(universe, where) for where in _NOBODY[dimension])


_NOBODY: dict[str, tuple[Where, ...]] = {
    PERMANENCE: ({PERMANENCE: _NEVER, **ENDED_FOR_GOOD},),
    **{
        ended(name): (
            {ended(name): _EVER, pattern(name): "not repeat"},
            {ended(name): _FOLLOWED, pattern(name): "none"},
        )
        for name in _COUNTS
    },
    **{newborn_ended(name): ({newborn_ended(name): _EVER, ended(name): _WITHOUT},)
       for name in _COUNTS},
}  # fmt: skip


def groups_within(curves: Iterable[ReleasedCurve]) -> Iterator[Figure]:
    """Yield the groups that a reader can ask about though no table counts them by one figure."""
    for curve in curves:
        whom = followed(curve.id)
        if whom is not None and whom.ended == PERMANENCE:
            still = cell(whom.universe, whom.where, {PERMANENCE: _EVER, **ENDED_FOR_GOOD})
            yield count(Place("definitions", curve.id), still, 0, None, "known")


def _by(month: int) -> str:
    return f"by month {month}"


def _spans(months: list[int]) -> dict[str, tuple[str, ...]]:
    spans = [f"months {after + 1} to {until}" for after, until in pairwise([0, *months])]
    so_far = {_by(month): tuple(spans[: place + 1]) for place, month in enumerate(months)}
    ever = (*spans, _LATER)
    return {**so_far, _EVER: ever, _FOLLOWED: (*ever, _NEVER), _WITHOUT: (_NEVER, _OUTSIDE)}
