"""Where a woman stands at the reference date: age, area, children in her care, pregnancy."""

from datetime import date, timedelta
from functools import cached_property

from casescope.kernel.codes import (
    ADOPTED_REASONS,
    LEFT_TO_SOMEONE_ELSE,
    SHORT_BREAK_STATUSES,
    WITH_MOTHER_PLACEMENTS,
)
from casescope.kernel.dates import add_years, age_on
from tests.oracle.births import with_births_joined
from tests.oracle.care import Care
from tests.oracle.events import Event, events
from tests.oracle.identity import People, Woman
from tests.oracle.reading import day, is_true, is_unreadable, order, squeezed
from tests.oracle.removals import PRIVATE_ORDERS, Removal, Removals, placed_with
from tests.worlds import Row, World

A_CHILD = 18
"""In whole years, the age at which nobody is in anybody's care any more."""


class Study:
    """All that can be asked about one woman of one world."""

    def __init__(self, world: World) -> None:
        self.person_records = len(People(world).records)
        world = with_births_joined(world)
        self.world = world
        self.today = world.reference_date
        self.people = People(world)
        self.care = Care(world, self.people)
        self.removals = Removals(world, self.people, self.care)

    @cached_property
    def women(self) -> list[Woman]:
        """The women studied: all mothers who are not restricted."""
        return sorted(self.people.mothers - self.people.withheld, key=sorted)

    def is_withheld(self, person: str) -> bool:
        """Answer whether a restriction takes a person, or the person's mother, out of the study."""
        own = self.people.women.get(person)
        return bool({own, self.people.mother_of(person)} & self.people.withheld)

    def removals_of(self, woman: Woman, count: str) -> list[Removal]:
        """Return all removals of her children in one count."""
        children = self.people.children(woman)
        return [removal for child in children for removal in self.removals.of(child, count)]

    def events_of(self, woman: Woman, count: str) -> list[Event]:
        """Return her removal events in one count."""
        window = self.world.parameters.event_window_days
        return events(self.removals_of(woman, count), window, self.removals.matches)

    # herself

    def born(self, woman: Woman) -> date | None:
        """Return her date of birth, or the estimated one where no record has a known one."""
        known = self.people.first_date(woman, "pers_dob")
        return known or self.people.first_date(woman, "pers_expected_dob")

    def died(self, woman: Woman) -> date | None:
        """Return the day of her death, if it was by the reference date."""
        return self.people.first_date(woman, "pers_death_date")

    def age(self, woman: Woman) -> int | None:
        """Return her age in whole years at the reference date."""
        born = self.born(woman)
        return age_on(born, self.today) if born else None

    def addresses(self, people: frozenset[str]) -> list[Row]:
        """Return the addresses that had started by the reference date."""
        return [
            row
            for row in self.world.rows("address")
            if row["addr_person_id"].strip() in people
            and (day(row["addr_address_start_date"]) or date.min) <= self.today
        ]

    def is_current(self, address: Row) -> bool:
        """Answer whether somebody still lives there."""
        end = day(address["addr_address_end_date"])
        return end is None or end > self.today

    def latest_addresses(self, woman: Woman) -> list[Row]:
        """Return her latest address; several only if nothing tells which is later."""

        def lateness(row: Row) -> tuple[date, bool]:
            return day(row["addr_address_start_date"]) or date.min, self.is_current(row)

        rows = self.addresses(woman)
        return [row for row in rows if lateness(row) == max(map(lateness, rows))]

    def is_outside(self, address: Row) -> bool:
        """Answer whether the council's lookup puts an address outside the authority."""
        return self.lies_inside(address) is False

    def is_inside(self, address: Row) -> bool:
        """Answer whether the council's lookup puts an address inside the authority."""
        return self.lies_inside(address) is True

    def lies_inside(self, address: Row) -> bool | None:
        """Return what the council's lookup says of an address; nothing where it lacks it."""
        lookup = {
            squeezed(row["place_postcode"]): is_true(row["place_in_authority"])
            for row in self.world.rows("place")
        }
        postcode = squeezed(address["addr_address_postcode"])
        district = postcode[:-3]
        return lookup.get(postcode, lookup.get(district))

    def area(self, woman: Woman) -> str | None:
        """Return the area of her latest address, if the lookup puts it inside and names one."""
        lookup = {squeezed(row["place_postcode"]): row for row in self.world.rows("place")}
        for address in self.latest_addresses(woman)[:1]:
            postcode = squeezed(address["addr_address_postcode"])
            row = lookup.get(postcode, lookup.get(postcode[:-3]))
            if row and is_true(row["place_in_authority"]):
                return row["place_area"].strip() or None
        return None

    def has_left(self, woman: Woman) -> bool:
        """Answer whether her latest address is known to lie outside."""
        latest = self.latest_addresses(woman)
        return bool(latest) and all(self.is_outside(row) for row in latest)

    def left_on(self, woman: Woman, since: date) -> date | None:
        """Return the first day from `since` on which she moved outside, not known back inside."""
        if not self.has_left(woman):
            return None
        begun = [(day(row["addr_address_start_date"]), row) for row in self.addresses(woman)]
        inside = max((when for when, row in begun if when and self.is_inside(row)), default=since)
        days = [when for when, row in begun if when and self.is_outside(row)]
        return min((when for when in days if when >= max(since, inside)), default=None)

    def is_pregnant(self, woman: Woman) -> bool:
        """Answer whether a child of hers is expected on or after the reference date."""
        due = [self.people.due(child) for child in self.people.children(woman)]
        return any(when and when >= self.today for when in due)

    # her children

    def in_her_care(self, woman: Woman) -> str:
        """Return the strongest answer over her children: recorded, unknown, no."""
        children = [child for child in self.people.children(woman) if self.is_dependent(child)]
        answers = {self.child_in_care_of(child, woman) for child in children}
        return next((a for a in ("recorded", "unknown") if a in answers), "no")

    def is_dependent(self, child: str) -> bool:
        """Answer whether a child is born, living and under 18."""
        born = self.people.born(child)
        unborn = self.people.due(child) or (born and not self.people.is_past(born))
        return not unborn and self.is_living_child(child)

    def is_living_child(self, child: str) -> bool:
        """Answer whether a child, born or unborn, is living and under 18."""
        born = self.people.born(child)
        died = self.people.first_date(frozenset({child}), "pers_death_date")
        died = died or any(e.reason == "E2" for e in self.care.episodes(child))
        return not (died or (born and age_on(born, self.today) >= A_CHILD))

    def child_in_care_of(self, child: str, woman: Woman) -> str:
        """Return whether one child is in her care, trying the rules in their order."""
        if current := self.care.current_episode(child):
            return "recorded" if current.place in WITH_MOTHER_PLACEMENTS else "no"
        if self.is_adopted(child) or self.care.last_reason(child) in LEFT_TO_SOMEONE_ELSE:
            return "no"
        if self.is_placed_elsewhere(child):
            return "no"
        if self.care.current_placement(child) in WITH_MOTHER_PLACEMENTS:
            return "recorded"
        return "recorded" if self.share_address(child, woman) else "unknown"

    def is_adopted(self, child: str) -> bool:
        """Answer whether care ended in adoption or an adoption order was made."""
        ended = any(e.reason in ADOPTED_REASONS for e in self.care.episodes(child))
        return ended or any(kind == "adoption" for kind, _, _ in self.orders(child))

    def orders(self, child: str) -> list[tuple[str, date, str]]:
        """Return (kind, date, with whom) of the orders made by the reference date."""
        made = [
            (order(row["proc_order"]), day(row["proc_order_date"]), placed_with(row))
            for row in self.removals.proceedings(child)
            if order(row["proc_order"])
        ]
        made += [(kind, when, "") for kind, when in self.removals.orders_outside_care(child)]
        return [made_one for made_one in made if self.people.is_past(made_one[1])]

    def is_placed_elsewhere(self, child: str) -> bool:
        """Answer whether the latest order that says where places the child with someone else."""
        saying = [o for o in self.orders(child) if o[2] or o[0] in {*PRIVATE_ORDERS, "adoption"}]
        latest = max((when for _, when, _ in saying), default=date.min)
        places = {place for _, when, place in saying if when == latest}
        later = any(
            episode.end is not None and episode.end > latest
            for episode in self.care.episodes(child)
            if episode.status not in SHORT_BREAK_STATUSES
        )
        return bool(places) and "mother" not in places and not later

    def share_address(self, child: str, woman: Woman) -> bool:
        """Answer whether mother and child have a current address with the same postcode."""
        hers, childs = (
            {squeezed(r["addr_address_postcode"]) for r in self.addresses(p) if self.is_current(r)}
            for p in (woman, frozenset({child}))
        )
        return bool((hers & childs) - {""})

    def is_of(self, given: str, child: str) -> bool:
        """Answer whether an id is this child's: the case system's, else that of SSDA903."""
        if given == child or given in self.people.women:
            return given == child
        rows = [row for table in ("header", "episodes", "uasc") for row in self.world.rows(table)]
        returned = given in {row["CHILD"].strip() for row in rows}
        return returned and self.people.person_of(given) == child

    def is_at_risk_now(self, child: str) -> bool:
        """Answer whether a living child is on a protection plan, in (pre-)proceedings today."""
        if not self.is_living_child(child):
            return False
        plans = self.going_on(child, "cp_plan", "cppl_person_id", "cppl_cp_plan_start_date",
                              "cppl_cp_plan_end_date")  # fmt: skip
        return (
            self.is_in_pre_proceedings(child)
            or bool(plans)
            or self.has_gone_to_court(child)
            or any(
                self.people.is_past(day(row["proc_application_date"]))
                and not self.people.is_past(day(row["proc_order_date"]))
                for row in self.removals.proceedings(child)
            )
        )

    def readable(self, table: str) -> list[Row]:
        """Return the rows of a table that are not set aside for an unreadable date."""
        return [
            row
            for row in self.world.rows(table)
            if not any(is_unreadable(value) for name, value in row.items() if "_date" in name)
        ]

    def going_on(self, child: str, table: str, person: str, start: str, end: str) -> set[date]:
        """Return the first days of a child's plans that began, and that no row says have ended."""
        rows = [row for row in self.readable(table) if self.is_of(row[person].strip(), child)]
        begun = {when for row in rows if self.people.is_past(when := day(row[start])) and when}
        over = {day(row[start]) for row in rows if self.people.is_past(day(row[end]))}
        return begun - over

    def is_in_pre_proceedings(self, child: str) -> bool:
        """Answer whether they were begun within a year, with no application since."""
        names = ("prep_person_id", "prep_pre_pro_decision_date")
        stepped_down, at_court = (
            self.going_on(child, "pre_proceedings", *names, end)
            for end in ("prep_agree_stepdown_issue_date", "prep_court_application_date")
        )
        begun = stepped_down & at_court
        rows = self.removals.proceedings(child)
        applied = [day(row["proc_application_date"]) or date.min for row in rows]
        since = add_years(self.today, -1)
        return any(
            since <= when <= self.today and not any(a >= when for a in applied) for when in begun
        )

    def has_gone_to_court(self, child: str) -> bool:
        """Answer whether the census tells of an application within a year that no tracker has."""
        told = {
            when
            for row in self.readable("pre_proceedings")
            if self.is_of(row["prep_person_id"].strip(), child)
            if (when := day(row["prep_court_application_date"]))
            and add_years(self.today, -1) <= when <= self.today
        }
        rows = self.removals.proceedings(child)
        applied = [day(row["proc_application_date"]) or date.min for row in rows]
        return any(not any(a >= when - timedelta(7) for a in applied) for when in told)
