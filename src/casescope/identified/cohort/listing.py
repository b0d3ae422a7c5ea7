"""The cohort list: who, by case-system ids, so that the council can check the study's accuracy."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import duckdb

NOTICE = "Not for contact, case recording or court evidence."

_REASON = {
    "died": "she has died",
    "age_not_known": "her age is not known",
    "outside_age": "she is outside child-bearing age",
    "left_area": "her latest address is outside the authority",
    "no_removal": "no child of hers was removed",
    "outside_lookback": "her latest removal lies before the look-back",
}


@dataclass(frozen=True)
class ListedEvent:
    """One removal event: its date, the children in it by case-system id, the strongest route."""

    date: str
    children: list[str]
    route: str


@dataclass(frozen=True)
class ListedWoman:
    """One woman with a removed child or a tier; ids are the case system's, dates ISO 8601."""

    woman: str
    person_ids: list[str]
    age: int | None
    tier: str | None
    no_tier: str | None
    reasons: list[str]
    children: list[str]
    removed_children: list[str]
    events: list[ListedEvent]
    repeat_events: int
    in_her_care: str
    pregnant: bool
    doubts: list[str]


def listed(
    connection: duckdb.DuckDBPyConnection, *, linkage: str, removals: str
) -> list[dict[str, Any]]:
    """Return every woman with a removed child or a tier under one linkage and count."""
    persons = _grouped(connection, "SELECT subject, source_id FROM people.known_as "
                       "WHERE source = 'person' ORDER BY registered")  # fmt: skip
    of_child = {child: ids[0] for child, ids in persons.items()}
    variant = {"linkage": linkage, "removals": removals}
    children = _grouped(connection, "SELECT woman_id, child_id FROM people.motherhood "
                        "WHERE linkage = $linkage", {"linkage": linkage})  # fmt: skip
    doubtful = _grouped(connection, "SELECT woman_id, child_id FROM people.motherhood "
                        "WHERE linkage = $linkage AND (doubtful OR two_mothers)",
                        {"linkage": linkage})  # fmt: skip
    events = _events(connection, variant, of_child)
    rows = connection.execute(
        "SELECT woman_id, record_subject_id, age, tier, no_tier, removed_children, latest_on, "
        "repeat_events, in_her_care, pregnant, age_basis FROM cohort.standing "
        "JOIN people.record ON registered = woman_id "
        "WHERE linkage = $linkage AND removals = $removals "
        "AND (tier IS NOT NULL OR removed_children > 0)",
        variant,
    ).fetchall()
    women = [
        ListedWoman(
            woman=subject_id,
            person_ids=sorted(persons[woman]),
            age=age,
            tier=tier,
            no_tier=no_tier,
            reasons=_reasons(tier, no_tier, removed, latest_on, in_her_care, pregnant=pregnant),
            children=sorted(of_child[child] for child in children[woman]),
            removed_children=sorted({child for event in events[woman] for child in event.children}),
            events=events[woman],
            repeat_events=repeat_events,
            in_her_care=in_her_care,
            pregnant=pregnant,
            doubts=_doubts(age_basis, [of_child[child] for child in doubtful[woman]]),
        )
        for woman, subject_id, age, tier, no_tier, removed, latest_on, repeat_events, in_her_care,
        pregnant, age_basis in rows
    ]  # fmt: skip
    return [asdict(woman) for woman in sorted(women, key=lambda woman: woman.person_ids)]


def _grouped(
    connection: duckdb.DuckDBPyConnection, query: str, bound: dict[str, str] | None = None
) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in connection.execute(query, bound or {}).fetchall():
        groups[key].append(value)
    return groups


def _events(
    connection: duckdb.DuckDBPyConnection, variant: dict[str, str], of_child: dict[int, str]
) -> dict[int, list[ListedEvent]]:
    rows = connection.execute(
        "SELECT event.woman_id, event.event_on, list(DISTINCT event_removal.child_id), event.route "
        "FROM removals.event JOIN removals.event_removal "
        "USING (account, event) "
        "WHERE linkage = $linkage AND removals = $removals "
        "GROUP BY ALL ORDER BY event.woman_id, event.event_on",
        variant,
    ).fetchall()
    events: dict[int, list[ListedEvent]] = defaultdict(list)
    for woman, day, children, route in rows:
        ids = sorted(of_child[child] for child in children)
        events[woman].append(ListedEvent(day.isoformat(), ids, route))
    return events


def _reasons(
    tier: str | None, no_tier: str | None, removed: int, latest_on: date | None, in_her_care: str,
    *, pregnant: bool,
) -> list[str]:  # fmt: skip
    """Say why she is in her tier, or in none, from the published criteria alone."""
    reasons = []
    if removed and latest_on:
        children = "1 child" if removed == 1 else f"{removed} children"
        reasons.append(f"{children} removed, latest on {latest_on.isoformat()}")
    if tier is None:
        return [*reasons, f"in no tier: {_REASON[str(no_tier)]}"]
    if tier == "T4":
        reasons.append("care-experienced, with a child on a plan or in proceedings")
    care = {"no": "no child in her care", "recorded": "a child is recorded as in her care",
            "unknown": "whether a child is in her care is not known"}  # fmt: skip
    reasons.append(care[in_her_care])
    return [*reasons, "pregnant"] if pregnant else reasons


def _doubts(age_basis: str, doubtful_children: list[str]) -> list[str]:
    doubts = [f"whether she is the birth mother of {child}" for child in sorted(doubtful_children)]
    return [*doubts, "her age is estimated"] if age_basis == "estimated" else doubts
