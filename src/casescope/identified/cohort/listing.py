"""The cohort list: who, by case-system ids, so that the council can check the study's accuracy."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from casescope.identified.cohort.wording import Doubt, Fact, Standing, doubts, reasons

NOTICE = "Not for contact, case recording or court evidence."


@dataclass(frozen=True)
class ListedEvent:
    """One removal event: its date, the children in it by case-system id, the strongest route."""

    date: str
    children: list[str]
    route: str


@dataclass(frozen=True)
class ListedChild:
    """One living child under 18: is she or he in the woman's care, on what evidence, since when."""

    child: str
    in_her_care: str
    evidence: str
    since: str | None


@dataclass(frozen=True)
class ListedWoman:
    """One woman with a removed child or a tier; ids are the case system's, dates ISO 8601."""

    woman: str
    person_ids: list[str]
    age: int | None
    age_basis: str
    tier: str | None
    no_tier: str | None
    reasons: list[str]
    children: list[str]
    children_now: list[ListedChild]
    removed_children: list[str]
    events: list[ListedEvent]
    repeat_events: int
    multiple_removal: bool
    in_her_care: str
    pregnant: bool
    doubts: list[str]


class _Told:
    """What the layers tell of every woman under one linkage and count, by her number."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, variant: dict[str, str]) -> None:
        self._connection, self._variant = connection, variant
        ids = self._grouped("SELECT subject, source_id FROM people.known_as "
                            "WHERE source = 'person' ORDER BY registered")  # fmt: skip
        self.id_of = {subject: rows[0][0] for subject, rows in ids.items()}
        self.persons = self._grouped(
            "SELECT DISTINCT woman_id, source_id FROM people.same_woman "
            "JOIN people.known_as USING (subject) WHERE source = 'person' AND linkage = $linkage"
        )
        self.children = self._grouped(
            "SELECT woman_id, child_id FROM people.motherhood WHERE linkage = $linkage"
        )
        self.now = self._grouped("SELECT woman_id, child_id, in_her_care, evidence, since "
                                 "FROM cohort.child_now WHERE linkage = $linkage")  # fmt: skip
        self.facts = self._grouped("SELECT woman_id, about, child_id, said, on_day "
                                   "FROM cohort.evidence WHERE linkage = $linkage")  # fmt: skip
        self.doubts = self._grouped(
            "SELECT woman_id, kind, child_id, person, other, probability, on_day "
            "FROM cohort.doubt WHERE linkage = $linkage"
        )
        self.events = self._grouped(
            "SELECT event.woman_id, event.event_on, list(DISTINCT event_removal.child_id), "
            "event.route FROM removals.event "
            "JOIN removals.account USING (linkage, removals, woman_id) "
            "JOIN removals.event_removal USING (account, event) "
            "WHERE linkage = $linkage AND removals = $removals "
            "GROUP BY ALL ORDER BY event.woman_id, event.event_on"
        )

    def _grouped(self, query: str) -> dict[int, list[tuple[Any, ...]]]:
        bound = {name: value for name, value in self._variant.items() if f"${name}" in query}
        groups: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for key, *rest in self._connection.execute(query, bound).fetchall():
            groups[key].append(tuple(rest))
        return groups

    def child(self, number: int | None) -> str:
        """Return the case-system id of a child or other person, empty where nobody is meant."""
        return self.id_of.get(number, "") if number is not None else ""

    def listed_events(self, woman: int) -> list[ListedEvent]:
        """Return her removal events in order of time."""
        return [
            ListedEvent(day.isoformat(), sorted(map(self.child, children)), route)
            for day, children, route in self.events[woman]
        ]

    def listed_children(self, woman: int) -> list[ListedChild]:
        """Return where her living children under 18 are now, in the order of their ids."""
        found = [
            ListedChild(self.child(child), state, evidence, since and since.isoformat())
            for child, state, evidence, since in self.now[woman]
        ]
        return sorted(found, key=lambda child: child.child)

    def listed_facts(self, woman: int) -> list[Fact]:
        """Return the facts that her standing rests on."""
        return [
            Fact(about, self.child(child), said, on) for about, child, said, on in self.facts[woman]
        ]

    def listed_doubts(self, woman: int) -> list[Doubt]:
        """Return what is doubtful about her."""
        return [
            Doubt(kind, self.child(child), self.child(person), self.child(other), probability, on)
            for kind, child, person, other, probability, on in self.doubts[woman]
        ]


def listed(
    connection: duckdb.DuckDBPyConnection, *, linkage: str, removals: str
) -> list[dict[str, Any]]:
    """Return every woman with a removed child or a tier under one linkage and count.

    They come in the order of their ids: no woman is ranked.
    """
    variant = {"linkage": linkage, "removals": removals}
    told = _Told(connection, variant)
    rows = connection.execute(
        "SELECT woman_id, record_subject_id, age, age_basis, tier, no_tier, removed_children, "
        "latest_on, repeat_events, multiple_removal, in_her_care, pregnant FROM cohort.standing "
        "JOIN people.record ON registered = woman_id "
        "WHERE linkage = $linkage AND removals = $removals "
        "AND (tier IS NOT NULL OR removed_children > 0)",
        variant,
    ).fetchall()
    women = [_woman(told, row) for row in rows]
    return [asdict(woman) for woman in sorted(women, key=lambda woman: woman.person_ids)]


def _woman(told: _Told, row: tuple[Any, ...]) -> ListedWoman:
    woman, subject_id, age, age_basis, tier, no_tier, removed, latest_on, repeats, *rest = row
    multiple, in_her_care, pregnant = rest
    events = told.listed_events(woman)
    stands = Standing(tier, no_tier, removed, latest_on, in_her_care, pregnant)
    return ListedWoman(
        woman=subject_id,
        person_ids=sorted(person for (person,) in told.persons[woman]),
        age=age,
        age_basis=age_basis,
        tier=tier,
        no_tier=no_tier,
        reasons=reasons(stands, told.listed_facts(woman)),
        children=sorted(told.child(child) for (child,) in told.children[woman]),
        children_now=told.listed_children(woman),
        removed_children=sorted({child for event in events for child in event.children}),
        events=events,
        repeat_events=repeats,
        multiple_removal=multiple,
        in_her_care=in_her_care,
        pregnant=pregnant,
        doubts=doubts(told.listed_doubts(woman)),
    )
