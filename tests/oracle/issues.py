"""Which issues structured records hold for a woman, and when."""

import json
from datetime import date, timedelta
from typing import Any

from casescope.kernel.codes import FACTOR_ISSUES, NO_FACTORS
from casescope.kernel.dates import add_months
from tests.oracle.identity import Woman
from tests.oracle.reading import code, day, is_false, is_true
from tests.oracle.standing import Study
from tests.worlds import World

Fact = tuple[str, str, date]
"""Issue, yes or no, and the day of the record."""

LOW_INCOME = "N7"
TIMINGS = ("at_latest_removal", "current", "ever")


def issues(world: World, removals: str) -> dict[tuple[tuple[str, ...], str, str], str]:
    """Return {(person ids, issue, timing): state} for every woman studied."""
    study = Study(world)
    found = {}
    for woman in study.women:
        facts = [fact for child in study.people.children(woman) for fact in recorded(study, child)]
        for timing in TIMINGS:
            for issue, state in states(study, woman, removals, timing, facts).items():
                found[tuple(sorted(woman)), issue, timing] = state
    return found


def states(
    study: Study, woman: Woman, count: str, timing: str, facts: list[Fact]
) -> dict[str, str]:
    """Return the state of each issue recorded for her in one timing; a yes wins over a no."""
    within = [
        (issue, state) for issue, state, when in facts if holds(study, woman, count, timing, when)
    ]
    found = {issue: "no" for issue, _ in within}
    found |= {issue: "yes" for issue, state in within if state == "yes"}
    if study.care.is_care_experienced(woman):
        found["care_experienced"] = "yes"
    return found


def holds(study: Study, woman: Woman, count: str, timing: str, when: date) -> bool:
    """Answer whether a day lies in a timing."""
    if when > study.today:
        return False
    if timing == "ever":
        return True
    if timing == "current":
        return when >= add_months(study.today, -12)
    removals = study.removals_of(woman, count)
    latest = max((removal.day for removal in removals), default=None)
    return bool(latest) and -timedelta(days=365) <= when - latest <= timedelta(days=90)


def recorded(study: Study, child: str) -> list[Fact]:
    """Return everything that structured records say through one child."""
    needs = [e for e in study.care.episodes(child) if e.need == LOW_INCOME]
    facts: list[Fact] = [("poverty", "yes", episode.start) for episode in needs]
    for assessment in study.world.rows("assessment"):
        when = day(assessment["cina_assessment_start_date"])
        if when and study.is_of(assessment["cina_person_id"].strip(), child):
            said = factors(study.world, assessment["cina_assessment_id"].strip())
            facts += [(issue, state, when) for issue, state in said]
    return facts


def factors(world: World, assessment: str) -> set[tuple[str, str]]:
    """Return (issue, state) of every factor list of one assessment."""
    return {
        fact
        for row in world.rows("assessment_factor")
        if row["cinf_assessment_id"].strip() == assessment
        for fact in factor_list(row["cinf_assessment_factors_json"])
    }


def factor_list(text: str) -> set[tuple[str, str]]:
    """Return (issue, state) of one list, written as an array or as an object."""
    yes, no = _answers(_loaded(text))
    if yes == {NO_FACTORS}:
        return {(issue, "no") for issue in FACTOR_ISSUES.values()}
    return {(FACTOR_ISSUES[factor], "yes") for factor in yes & set(FACTOR_ISSUES)} | {
        (FACTOR_ISSUES[factor], "no") for factor in no & set(FACTOR_ISSUES)
    }


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:  # an empty or broken list says nothing
        return []


def _answers(said: Any) -> tuple[set[str], set[str]]:
    if isinstance(said, dict):
        yes = {code(factor) for factor, answer in said.items() if is_true(str(answer))}
        return yes, {code(factor) for factor, answer in said.items() if is_false(str(answer))}
    listed = said if isinstance(said, list) else []
    return {code(factor) for factor in listed if isinstance(factor, str)}, set()
