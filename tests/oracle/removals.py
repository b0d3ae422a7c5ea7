"""Removals of children, their routes, and the three counts."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from casescope.kernel.codes import (
    COUNTING_STATUSES,
    COURT_STATUSES,
    EMERGENCY_STATUSES,
    WITH_MOTHER_PLACEMENTS,
)
from casescope.kernel.dates import age_on
from tests.oracle.care import Care, Episode, Period
from tests.oracle.identity import People
from tests.oracle.reading import PRIVATE_ORDERS, day, order
from tests.worlds import AUTHORITY, Row, World

KINDS_OF_COUNCIL = frozenset({
    "county", "city", "borough", "metropolitan", "district", "unitary", "council", "corporation",
    "authority", "local", "royal", "london", "of", "the", "and", "cc", "dc", "bc", "mbc", "mdc",
    "lbc", "lb", "rb", "rbc", "la",
})  # fmt: skip
"""Words in the name of an authority that say nothing of which it is."""

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Removal:
    """One removal of one child."""

    child: str
    day: date
    route: str
    is_compulsory: bool


class Removals:
    """Every removal of every child of a mother in the study."""

    def __init__(self, world: World, people: People, care: Care) -> None:
        self.world = world
        self.people = people
        self.care = care

    def of(self, child: str, count: str) -> list[Removal]:
        """Return a child's removals in one count, in order."""
        broad = self.broad(child)
        if count == "strict":
            return [removal for removal in broad if removal.is_compulsory]
        return sorted(broad + (self.elsewhere(child) if count == "wide" else []), key=_day)

    # from periods of care

    def broad(self, child: str) -> list[Removal]:
        """Return one removal for each period of care that separates child and mother."""
        made = [self.of_period(child, period) for period in self.care.periods(child)]
        return [removal for removal in made if removal and self.counts(removal)]

    def of_period(self, child: str, period: Period) -> Removal | None:
        """Return the removal of a period, dated at its first separating episode."""
        for episode in period.episodes:
            if episode.status in COUNTING_STATUSES and episode.place not in WITH_MOTHER_PLACEMENTS:
                compulsory = is_compulsory(period, episode.start)
                return Removal(child, episode.start, self.route(period, episode), compulsory)
        return None

    def counts(self, removal: Removal) -> bool:
        """Answer whether a removal of this child on that day counts at all."""
        born = self.people.born(removal.child)
        too_old = born and age_on(born, removal.day) >= self.world.parameters.max_age_at_removal
        return removal.child not in self.care.unaccompanied and not too_old

    def route(self, period: Period, first: Episode) -> str:
        """Return the route by the status at the removal, or by an order soon after a voluntary."""
        until = first.start + timedelta(days=self.world.parameters.route_window_days)
        soon = [e for e in period.episodes if first.start < e.start <= until]
        for episode in [first, *(soon if first.status == "V2" else [])]:
            if episode.status in COURT_STATUSES:
                return "court"
            if episode.status in EMERGENCY_STATUSES:
                return "emergency"
        return "voluntary"

    # without a period of care, or by another authority

    def elsewhere(self, child: str) -> list[Removal]:
        """Return what the wide count adds for one child."""
        others = {when for row in self.proceedings(child) if (when := self.removed_by_other(row))}
        if self.care.periods(child):
            here = [removal.day for removal in self.broad(child)]
            days = [d for d in sorted(others) if all(abs(d - other) > A_YEAR for other in here)]
        else:
            days = sorted(others | self.placing_orders(child))[:1]
        made = [Removal(child, when, "court", is_compulsory=True) for when in days]
        return [removal for removal in made if self.counts(removal)]

    def proceedings(self, child: str) -> list[Row]:
        """Return a child's proceedings that had begun by the reference date."""
        return [
            row
            for row in self.world.rows("proceedings")
            if row["proc_child_person_id"].strip() == child
            and self.people.is_past(day(row["proc_application_date"]))
        ]

    def removed_by_other(self, row: Row) -> date | None:
        """Return the day on which another authority removed the child by this row, if it did."""
        authority = _bare(row["proc_authority"])
        ordered = day(row["proc_order_date"])
        if (
            authority in {"", _bare(AUTHORITY)}
            or order(row["proc_order"]) in {"", "supervision"}
            or placed_with(row) == "mother"
            or (ordered and not self.people.is_past(ordered))
        ):
            return None
        return ordered or day(row["proc_application_date"])

    def placing_orders(self, child: str) -> set[date]:
        """Return the days of orders that place a child elsewhere without a period of care."""
        rows = self.proceedings(child)
        days = {day(row["proc_order_date"]) for row in rows if places_elsewhere(row)}
        days |= {when for kind, when in self.orders_outside_care(child) if kind in PRIVATE_ORDERS}
        return {when for when in days if self.people.is_past(when)}

    def orders_outside_care(self, child: str) -> list[tuple[str, date | None]]:
        """Return (kind, date) of the orders in the legal status and permanence tables."""
        statuses = [
            (order(row["lega_legal_status"]), day(row["lega_legal_status_start_date"]))
            for row in self.world.rows("legal_status")
            if row["lega_person_id"].strip() == child
        ]
        permanence = [
            (order(row["perm_permanence_order_type"]), day(row["perm_permanence_order_date"]))
            for row in self.world.rows("permanence")
            if row["perm_person_id"].strip() == child
        ]
        return [pair for pair in statuses + permanence if self.people.is_past(pair[1])]

    # proceedings of removals

    @cached_property
    def matches(self) -> set[tuple[str, str, date]]:
        """(proceedings, child, removal day) for each proceedings row, over all removals."""
        found = set()
        for child in self.people.children_of_anybody:
            days = [removal.day for removal in self.of(child, "wide")]
            for row in self.proceedings(child):
                applied = day(row["proc_application_date"])
                near = [when for when in days if abs(when - applied) <= A_YEAR]
                if near and row["proc_id"].strip():
                    nearest = min(near, key=lambda when: (abs(when - applied), when))
                    found.add((row["proc_id"].strip(), child, nearest))
        return found


def _bare(name: str) -> str:
    """Return the name of an authority without what kind of council it is."""
    words = re.findall("[a-z0-9]+", name.casefold())
    return "".join(word for word in words if word not in KINDS_OF_COUNCIL) or "".join(words)


def _day(removal: Removal) -> date:
    return removal.day


def is_compulsory(period: Period, since: date) -> bool:
    """Answer whether a court or emergency status applies at any time from `since` on."""
    return any(
        episode.status in COURT_STATUSES + EMERGENCY_STATUSES
        and (episode.start >= since or episode.end is None or episode.end > since)
        for episode in period.episodes
    )


WITH_WHOM = {
    "mum": "mother", "birth mother": "mother", "both parents": "mother",
    "home with mother": "mother", "mother and baby foster placement": "mother",
    "maternal grandmother": "kin", "mother's sister": "kin", "special guardian": "kin",
    "dad": "father", "foster carers": "foster", "not known": "", "n/a": "",
}  # fmt: skip
"""With whom, as trackers write it."""


def placed_with(row: Row) -> str:
    """Return with whom proceedings placed the child."""
    words = row["proc_placed_with"].strip().lower()
    return WITH_WHOM.get(words, words)


def places_elsewhere(row: Row) -> bool:
    """Answer whether an order in proceedings places the child with somebody but the mother."""
    if order(row["proc_order"]) in PRIVATE_ORDERS:
        return placed_with(row) != "mother"
    return order(row["proc_order"]) == "care" and placed_with(row) in {"father", "kin"}
