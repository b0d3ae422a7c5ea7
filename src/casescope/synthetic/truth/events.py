"""Removal events of one woman: by the window, then by shared proceedings."""

from dataclasses import dataclass
from datetime import date, timedelta

from casescope.synthetic.facts import REFERENCE, Child, Woman
from casescope.synthetic.truth.removals import PARAMETERS, Removal, removals, strongest

_FARTHEST = 365


@dataclass(frozen=True)
class Event:
    """One removal event: its date, its removals in order of time."""

    day: date
    removals: tuple[Removal, ...]

    @property
    def children(self) -> frozenset[str]:
        """The case-system ids of the children in it."""
        return frozenset(removal.child for removal in self.removals)

    @property
    def route(self) -> str:
        """The strongest of its removals' routes."""
        return strongest([removal.route for removal in self.removals])


def _matches(child: Child, found: list[Removal]) -> list[tuple[Removal, str]]:
    """Match each proceedings line to the child's removal nearest its application date."""
    pairs = []
    for line in child.proceedings:
        near = [
            (abs((removal.day - line.applied).days), removal.day, removal)
            for removal in found
            if abs((removal.day - line.applied).days) <= _FARTHEST
        ]
        if near and line.applied <= REFERENCE:
            pairs.append((min(near, key=lambda item: item[:2])[2], line.id))
    return pairs


def _by_window(found: list[Removal]) -> list[list[Removal]]:
    groups: list[list[Removal]] = []
    for removal in sorted(found, key=lambda r: (r.day, r.child)):
        window = timedelta(days=PARAMETERS["event_window_days"])
        if groups and removal.day <= groups[-1][0].day + window:
            groups[-1].append(removal)
        else:
            groups.append([removal])
    return groups


def _by_proceedings(
    groups: list[list[Removal]], proceedings: dict[Removal, set[str]]
) -> list[list[Removal]]:
    merged: list[tuple[list[Removal], set[str]]] = []
    for group in groups:
        ids = set().union(*(proceedings.get(removal, set()) for removal in group))
        sharing = [other for other in merged if other[1] & ids]
        merged = [other for other in merged if not other[1] & ids]
        together = [removal for other in sharing for removal in other[0]] + group
        merged.append((together, ids.union(*(other[1] for other in sharing))))
    return [group for group, _ in merged]


class RemovalHistory:
    """All removals of one woman's children, and the events of each count."""

    def __init__(self, woman: Woman) -> None:
        self.removals: list[Removal] = []
        self._proceedings: dict[Removal, set[str]] = {}
        for child in woman.children:
            found = removals(child)
            self.removals.extend(found)
            for removal, proc_id in _matches(child, found):
                self._proceedings.setdefault(removal, set()).add(proc_id)

    def of(self, count: str) -> list[Removal]:
        """Return the removals of a count, in order of time."""
        return sorted((r for r in self.removals if r.counts(count)), key=lambda r: (r.day, r.child))

    def events(self, count: str) -> list[Event]:
        """Return the events of a count, in order of time."""
        groups = _by_proceedings(_by_window(self.of(count)), self._proceedings)
        made = [Event(min(r.day for r in group), tuple(group)) for group in groups]
        return sorted(made, key=lambda event: event.day)


def with_new_child(events: list[Event]) -> list[bool]:
    """Say for each event whether it holds a child who was in no earlier one."""
    seen: set[str] = set()
    fresh = []
    for event in events:
        fresh.append(bool(event.children - seen))
        seen |= event.children
    return fresh
