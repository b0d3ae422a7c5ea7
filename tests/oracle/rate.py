"""The local removal rate, day by day: who is followed, at what age, how long since what event."""

from collections import Counter
from datetime import date, timedelta

from casescope.kernel.dates import add_years, age_on
from tests.oracle.events import Event
from tests.oracle.identity import Woman
from tests.oracle.removals import Removal
from tests.oracle.standing import Study
from tests.worlds import World

Piece = tuple[tuple[str, ...], str, str]
"""Her person ids, her age then, the time since her latest event."""

AGES = {20: "under 20", 25: "20–24", 30: "25–29", 35: "30–34"}
SINCE = {1: "under 1 year", 2: "1 year", 3: "2 years", 5: "3 to 4 years"}
"""The years before which each band lies."""


def rate(world: World, removals: str) -> dict[Piece, tuple[int, int]]:
    """Return {piece: (days followed, children newly removed)} for every woman followed."""
    study = Study(world)
    days: Counter[Piece] = Counter()
    children: Counter[Piece] = Counter()
    for woman in study.women:
        born = study.born(woman)
        first = first_removals(study.removals_of(woman, removals))
        over = [last_day(event) for event in study.events_of(woman, removals)]
        for day in days_followed(study, woman, first, over):
            piece = (tuple(sorted(woman)), *bands(born, over, day))
            days[piece] += 1
            children[piece] += sum(when == day for when in first.values())
    return {piece: (days[piece], children[piece]) for piece in days}


def first_removals(removals: list[Removal]) -> dict[str, date]:
    """Return the day on which each child was first removed."""
    first: dict[str, date] = {}
    for removal in sorted(removals, key=lambda removal: removal.day):
        first.setdefault(removal.child, removal.day)
    return first


def last_day(event: Event) -> date:
    """Return the day on which an event is over."""
    return max(removal.day for removal in event.removals)


def days_followed(
    study: Study, woman: Woman, first: dict[str, date], over: list[date]
) -> list[date]:
    """Return every day from that after the event with which the clock starts to its stop.

    `first` holds when each child was first removed, `over` when each event was.
    """
    begun = [when for when in over if starts_the_clock(study, woman, first, when)]
    if not begun:
        return []
    start, born = min(begun), study.born(woman)
    stops = [study.today, add_years(born, study.world.parameters.age_max + 1)]
    stops += [study.died(woman)] if study.died(woman) else []
    left = study.left_on(woman, start)
    stops += [left] if left else []
    return [start + timedelta(days=n) for n in range(1, (min(stops) - start).days + 1)]


def starts_the_clock(study: Study, woman: Woman, first: dict[str, date], when: date) -> bool:
    """Answer whether two children had been removed by then, and she was of child-bearing age."""
    parameters, born = study.world.parameters, study.born(woman)
    gone = [day for day in first.values() if day <= when]
    of_age = born and parameters.age_min <= age_on(born, when) <= parameters.age_max
    return len(gone) >= 2 and bool(of_age)


def bands(born: date, over: list[date], day: date) -> tuple[str, str]:
    """Return her age on a day, and the time since the latest event that was over before it."""
    latest = max(when for when in over if when < day)
    age = next((AGES[y] for y in AGES if day < add_years(born, y)), "35 and over")
    since = next((SINCE[y] for y in SINCE if day < add_years(latest, y)), "5 years or more")
    return age, since
