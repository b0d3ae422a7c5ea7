"""Removal events of a woman."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casescope.kernel.codes import ROUTES
from tests.oracle.removals import Removal


@dataclass(frozen=True)
class Event:
    """Removals of one woman's children that count as one."""

    removals: frozenset[Removal]

    @property
    def day(self) -> date:
        """Return the earliest date."""
        return min(removal.day for removal in self.removals)

    @property
    def children(self) -> set[str]:
        """Return the children in it."""
        return {removal.child for removal in self.removals}

    @property
    def route(self) -> str:
        """Return the strongest of its removals' routes."""
        return min((removal.route for removal in self.removals), key=ROUTES.index)


def events(
    removals: Iterable[Removal], window_days: int, matches: set[tuple[str, str, date]]
) -> list[Event]:
    """Return a woman's events in order of time: by the window, then by shared proceedings."""
    made = in_windows(removals, timedelta(days=window_days))
    return sorted(merged(made, matches), key=lambda event: event.day)


def in_windows(removals: Iterable[Removal], window: timedelta) -> list[Event]:
    """Return events that hang on the first removal of each; the window does not chain."""
    left = set(removals)
    made = []
    while left:
        first = min(removal.day for removal in left)
        event = Event(frozenset(r for r in left if r.day <= first + window))
        made.append(event)
        left -= event.removals
    return made


def merged(made: list[Event], matches: set[tuple[str, str, date]]) -> list[Event]:
    """Return the events with those that share proceedings joined, until none do."""
    for one in made:
        for other in made:
            if one != other and proceedings(one, matches) & proceedings(other, matches):
                rest = [event for event in made if event not in (one, other)]
                return merged([*rest, Event(one.removals | other.removals)], matches)
    return made


def proceedings(event: Event, matches: set[tuple[str, str, date]]) -> set[str]:
    """Return the proceedings to which an event's removals belong."""
    held = {(removal.child, removal.day) for removal in event.removals}
    return {proc for proc, child, when in matches if (child, when) in held}


def with_new_child(made: list[Event]) -> list[Event]:
    """Return the later events that hold a child who was in no earlier event."""
    return [
        event
        for place, event in enumerate(made)
        if place and event.children - set().union(*(e.children for e in made[:place]))
    ]
