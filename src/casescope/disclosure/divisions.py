"""Which curves are hidden so that a small group stays hidden.

The groups of a division add up to all women, whose curve is shown: a group that is too small is
what is missing. A lone one among few is joined by the smallest other, and so is any whose range,
on some day, would still be too narrow. Likewise a curve of some of the events of the same women is
hidden where the other events are few.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from casescope.disclosure.curves import is_hidden, reached
from casescope.disclosure.pack import RulePack
from casescope.findings.finding import CurveFinding


class _Line(NamedTuple):
    """One count of all women, of each group shown, and of how many small groups it is hidden."""

    total: int
    shown: list[int]
    hidden: int


def withheld_curves(curves: Sequence[CurveFinding], pack: RulePack) -> set[str]:
    """Return the ids of curves to withhold: companions, and the small groups that need them."""
    by_id = {curve.id: curve for curve in curves}
    withheld = {
        curve.id for curve in curves
        if curve.within in by_id and pack.is_few(by_id[curve.within].events - curve.events)
    }  # fmt: skip
    for whole, groups in _divisions(by_id):
        withheld |= _withheld_groups(whole, groups, pack)
    return withheld


def _divisions(
    by_id: Mapping[str, CurveFinding],
) -> Iterator[tuple[CurveFinding, list[CurveFinding]]]:
    """Yield the curve of all women with those of the groups that one division makes of them."""
    made: dict[tuple[str, str], list[CurveFinding]] = {}
    for curve in by_id.values():
        if curve.part_of in by_id:
            made.setdefault((curve.part_of, curve.division), []).append(curve)
    for (whole, _), groups in made.items():
        yield by_id[whole], groups


def _withheld_groups(whole: CurveFinding, groups: list[CurveFinding], pack: RulePack) -> set[str]:
    small = [group for group in groups if is_hidden(group, pack)]
    shown = sorted((group for group in groups if group not in small), key=lambda one: one.women)
    companions: list[CurveFinding] = []
    if is_hidden(whole, pack) or not pack.hide_at_most:
        return set()
    while shown and not _is_protected(whole, shown, small, companions, pack):
        companions.append(shown.pop(0))
    return {group.id for group in (*small, *companions)} if companions else set()


def _is_protected(
    whole: CurveFinding,
    shown: list[CurveFinding],
    small: list[CurveFinding],
    companions: list[CurveFinding],
    pack: RulePack,
) -> bool:
    """Say whether what is shown leaves each small group wide enough a range on every day."""
    if not small:
        return True
    if len(small) + len(companions) == 1 and len(shown) < pack.companion_below:
        return False
    return all(
        _width(line, len(companions), pack) >= pack.least_width
        for line in (*_in_all(whole, shown, small, pack), *_by_month(whole, shown, small, pack))
    )


def _in_all(
    whole: CurveFinding, shown: list[CurveFinding], small: list[CurveFinding], pack: RulePack
) -> Iterator[_Line]:
    """Yield women, and events; a group whose curve alone is hidden still shows its women."""
    of: Callable[[CurveFinding], int]
    for of in (attrgetter("women"), attrgetter("events")):
        hidden = [group for group in small if pack.is_few(of(group))]
        seen = [of(group) for group in (*shown, *small) if group not in hidden]
        if hidden:
            yield _Line(of(whole), seen, len(hidden))


def _by_month(
    whole: CurveFinding, shown: list[CurveFinding], small: list[CurveFinding], pack: RulePack
) -> Iterator[_Line]:
    """Yield the counts of each month up to the last of the whole curve.

    That a group's own curve may end earlier would only leave less to be told.
    """
    tellable = ["events"]
    if all(pack.is_few(group.women) for group in small):
        tellable.append("censored")  # of more women, any number may have been censored
    for what in tellable:
        numbers = [month.number for month in reached(whole, pack)]
        totals, *parts = (_so_far(curve, what, numbers, pack) for curve in (whole, *shown))
        for place, total in enumerate(totals):
            yield _Line(total, [part[place] for part in parts], len(small))


def _so_far(curve: CurveFinding, what: str, numbers: list[int], pack: RulePack) -> list[int]:
    found = {month.number: getattr(month, what) for month in reached(curve, pack)}
    return list(accumulate(found.get(number, 0) for number in numbers))


def _width(line: _Line, companions: int, pack: RulePack) -> int:
    """Return how far apart the least and the greatest value of one small group can lie.

    A reader knows the rounded count of all and of each group shown, so the range of what the
    hidden ones have together; that each small one has at most so many; and that a companion is no
    greater than the groups that might have been withheld in its place.
    """
    least, greatest = pack.behind_midpoint(line.total)
    others = [pack.behind_midpoint(n) for n in line.shown]
    of_companion = min((most for _, most in others), default=line.total)
    least -= sum(most for _, most in others)
    least -= pack.hide_at_most * (line.hidden - 1) + of_companion * companions
    greatest -= sum(fewest for fewest, _ in others)
    return min(pack.hide_at_most, greatest) - max(0, least)
