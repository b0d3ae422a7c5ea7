"""Who is in the cohort, in which tier, and how the flow accounts for everybody."""

from collections import Counter
from typing import Any

from casescope.kernel.codes import REMOVAL_COUNTS, TIERS
from casescope.kernel.dates import add_years
from tests.oracle.events import Event, with_new_child
from tests.oracle.identity import Woman
from tests.oracle.standing import Study
from tests.worlds import World

LEAVING = ("died", "age_not_known", "outside_age", "left_area", "no_removal", "outside_lookback")
"""Reasons for being in no tier; the first that holds is given."""


def cohort(world: World, *, removals: str = "broad", linkage: str = "strict") -> dict[str, Any]:
    """Return every woman with a removed child or a tier, and the flow of one count."""
    study = Study(world)
    answers = {woman: verdict(study, woman, removals) for woman in study.women}
    shown = [w for w in study.women if answers[w] in TIERS or study.removals_of(w, removals)]
    return {
        "reference_date": world.reference_date.isoformat(),
        "linkage": linkage,
        "women": [described(study, woman, removals, answers[woman]) for woman in shown],
        "flow": flow(study, Counter(answers.values())),
    }


def verdict(study: Study, woman: Woman, count: str) -> str:
    """Return a woman's tier, or the first reason why she is in none."""
    rules = {
        "died": study.died(woman) is not None,
        "age_not_known": study.age(woman) is None,
        "outside_age": not is_child_bearing(study, woman),
        "left_area": study.has_left(woman),
    }
    if is_before_any_removal(study, woman):
        rules["T4"] = True
    rules["no_removal"] = not study.removals_of(woman, count)
    rules["outside_lookback"] = not is_within_lookback(study, woman, count)
    first = next((name for name, holds in rules.items() if holds), "")
    return first or tier_by_children(study, woman, count)


def is_child_bearing(study: Study, woman: Woman) -> bool:
    """Answer whether her age lies between the two bounds, both included."""
    parameters = study.world.parameters
    age = study.age(woman)
    return age is not None and parameters.age_min <= age <= parameters.age_max


def is_within_lookback(study: Study, woman: Woman, count: str) -> bool:
    """Answer whether her latest removal, re-entries included, is recent enough."""
    since = add_years(study.today, -study.world.parameters.lookback_years)
    return any(removal.day >= since for removal in study.removals_of(woman, count))


def is_before_any_removal(study: Study, woman: Woman) -> bool:
    """Answer whether she is at risk before any removal, whatever the count (T4)."""
    return (
        not any(study.removals_of(woman, count) for count in REMOVAL_COUNTS)
        and study.care.is_care_experienced(woman)
        and any(study.is_at_risk_now(child) for child in study.people.children(woman))
    )


def tier_by_children(study: Study, woman: Woman, count: str) -> str:
    """Return T1, T2 or T3 of a woman whom nothing leaves out."""
    if len(removed_children(study, woman, count)) < 2:
        return "T3"
    has_child = study.in_her_care(woman) != "no" or study.is_pregnant(woman)
    return "T2" if has_child else "T1"


def removed_children(study: Study, woman: Woman, count: str) -> list[str]:
    """Return the children with at least one removal, each once."""
    return sorted({removal.child for removal in study.removals_of(woman, count)})


def described(study: Study, woman: Woman, count: str, answer: str) -> dict[str, Any]:
    """Return one woman as the cohort list shows her."""
    events = study.events_of(woman, count)
    return {
        "woman": "+".join(sorted(woman)),
        "person_ids": sorted(woman),
        "age": study.age(woman),
        "tier": answer if answer in TIERS else None,
        "reasons": [] if answer in TIERS else [answer],
        "children": sorted(study.people.children(woman)),
        "removed_children": removed_children(study, woman, count),
        "events": [described_event(event) for event in events],
        "repeat_events": len(with_new_child(events)),
        "in_her_care": study.in_her_care(woman),
        "pregnant": study.is_pregnant(woman),
    }


def described_event(event: Event) -> dict[str, Any]:
    """Return one event as the cohort list shows it."""
    return {
        "date": event.day.isoformat(),
        "children": sorted(event.children),
        "route": event.route,
    }


def flow(study: Study, answers: Counter[str]) -> list[dict[str, Any]]:
    """Return the lines of the flow diagram."""
    people = study.people
    of_mothers = sum(len(woman) for woman in people.mothers)
    steps = {
        "person_records": study.person_records,
        "not_mothers": study.person_records - of_mothers,
        "mothers_records": of_mothers,
        "joined": of_mothers - len(people.mothers),
        "women": len(people.mothers),
        "withheld": len(people.mothers & people.withheld),
        "women_studied": len(study.women),
        **{reason: answers[reason] for reason in LEAVING},
        "in_cohort": sum(answers[tier] for tier in TIERS),
        **{tier: answers[tier] for tier in TIERS},
    }
    return [{"step": step, "women": women} for step, women in steps.items()]
