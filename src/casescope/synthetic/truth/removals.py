"""Periods of care and removals of one child (definitions.md, Removal)."""

from dataclasses import dataclass
from datetime import date, timedelta

from casescope.kernel.codes import (
    COUNTING_STATUSES,
    COURT_STATUSES,
    EMERGENCY_STATUSES,
    ROUTES,
    WITH_MOTHER_PLACEMENTS,
)
from casescope.kernel.dates import age_on
from casescope.synthetic.facts import REFERENCE, Child, Episode, Proceedings

PARAMETERS = {
    "gap_days": 1,
    "max_age_at_removal": 18,
    "route_window_days": 14,
    "event_window_days": 14,
    "lookback_years": 5,
    "age_min": 16,
    "age_max": 45,
    "washout_years": 2,
}
"""The definitions' defaults, which the truth is reckoned with."""

_COMPULSORY = COURT_STATUSES + EMERGENCY_STATUSES
_PRIVATE_ORDERS = ("special guardianship", "child arrangements", "residence order")
_YEAR = 365


@dataclass(frozen=True)
class Removal:
    """One removal of one child; `elsewhere` where only the wide count knows it."""

    child: str
    day: date
    route: str
    compulsory: bool
    elsewhere: bool = False

    def counts(self, count: str) -> bool:
        """Say whether the removal is of this count: `broad`, `strict` or `wide`."""
        if count == "wide":
            return True
        return not self.elsewhere and (count == "broad" or self.compulsory)


def route_of(status: str) -> str:
    """Return the route that a counting legal status stands for."""
    if status in COURT_STATUSES:
        return "court"
    return "emergency" if status in EMERGENCY_STATUSES else "voluntary"


def strongest(routes: list[str]) -> str:
    """Return the strongest of some routes."""
    return min(routes, key=ROUTES.index)


def periods(child: Child) -> list[list[Episode]]:
    """Return the child's episodes joined into periods of care, in order of time."""
    joined: list[list[Episode]] = []
    reach = date.min
    gap = timedelta(days=PARAMETERS["gap_days"])
    for episode in sorted(child.episodes, key=lambda e: e.start):
        if not joined or (reach != date.max and episode.start > reach + gap):
            joined.append([])
            reach = date.min
        joined[-1].append(episode)
        reach = max(reach, episode.end or date.max)
    return joined


def is_child_on(child: Child, day: date) -> bool:
    """Say whether the child is under the age limit on a day."""
    return child.born is None or age_on(child.born, day) < PARAMETERS["max_age_at_removal"]


def _route(period: list[Episode], first: Episode) -> str:
    if first.status != "V2":
        return route_of(first.status)
    until = first.start + timedelta(days=PARAMETERS["route_window_days"])
    for episode in period:
        if first.start < episode.start <= until and episode.status in _COMPULSORY:
            return route_of(episode.status)
    return "voluntary"


def _is_compulsory(period: list[Episode], day: date) -> bool:
    return any(
        episode.status in _COMPULSORY
        and (episode.start >= day or episode.end is None or episode.end > day)
        for episode in period
    )


def _from_care(child: Child) -> list[Removal]:
    found = []
    for period in periods(child):
        apart = [
            episode
            for episode in period
            if episode.status in COUNTING_STATUSES and episode.place not in WITH_MOTHER_PLACEMENTS
        ]
        if apart and is_child_on(child, apart[0].start):
            day = apart[0].start
            route = _route(period, apart[0])
            found.append(Removal(child.id, day, route, _is_compulsory(period, day)))
    return found


def is_private_order(kind: str) -> bool:
    """Say whether an order places a child with kin or a father by private law."""
    return any(word in kind.lower() for word in _PRIVATE_ORDERS)


def _places_elsewhere(line: Proceedings) -> bool:
    if line.ordered is None or line.ordered > REFERENCE:
        return False
    if is_private_order(line.order):
        return line.placed_with != "mother"
    return "care order" in line.order.lower() and line.placed_with in ("father", "kin")


def _by_order(child: Child) -> list[date]:
    orders = [*child.permanence, *child.legal_orders]
    days = [o.made for o in orders if is_private_order(o.kind) and o.made <= REFERENCE]
    return days + [p.ordered for p in child.proceedings if p.ordered and _places_elsewhere(p)]


def _by_another_authority(child: Child) -> list[date]:
    return [
        line.ordered or line.applied
        for line in child.proceedings
        if line.authority and line.placed_with != "mother"
        and line.order and "supervision" not in line.order.lower()
    ]  # fmt: skip


def removals(child: Child) -> list[Removal]:
    """Return all removals of a child, those that only the wide count knows included."""
    if child.unaccompanied:
        return []
    here = _from_care(child)
    away = _by_another_authority(child)
    if not child.episodes:
        days = sorted(_by_order(child) + away)[:1]
    else:
        days = [d for d in away if all(abs((d - r.day).days) > _YEAR for r in here)]
    wide = [Removal(child.id, d, "court", True, True) for d in days if is_child_on(child, d)]
    return sorted(here + wide, key=lambda r: r.day)
