"""What structured records say of the issues a woman lives with, and when."""

from datetime import date, timedelta

from casescope.kernel.codes import FACTOR_ISSUES, NO_FACTORS
from casescope.kernel.dates import add_years
from casescope.synthetic.facts import REFERENCE, Assessment, Woman
from casescope.synthetic.truth.standing import is_care_experienced

Signs = dict[str, dict[str, str]]


def _answers(assessment: Assessment) -> dict[str, str]:
    """Return issue to yes or no; an issue that is not mentioned is not recorded."""
    factors = assessment.factors
    if isinstance(factors, dict):
        given = {c: answer.lower() for c, answer in factors.items()}
    else:
        given = {code: "yes" for code in factors if code}
    none = given.get(NO_FACTORS) == "yes"
    said = dict.fromkeys(FACTOR_ISSUES.values(), "no") if none else {}
    return said | {FACTOR_ISSUES[c]: answer for c, answer in given.items() if c in FACTOR_ISSUES}


def _timings(day: date, latest: date | None) -> list[str]:
    timings = ["ever"]
    if day >= add_years(REFERENCE, -1):
        timings.append("current")
    around = timedelta(days=365), timedelta(days=90)
    if latest and latest - around[0] <= day <= latest + around[1]:
        timings.append("at_latest_removal")
    return timings


def issues_of(woman: Woman, latest: date | None) -> Signs:
    """Return issue to timing to `yes` or `no`; whatever is absent is not recorded."""
    found: Signs = {}
    said = [(a.start, _answers(a)) for child in woman.children for a in child.assessments]
    said += [
        (e.start, {"poverty": "yes"})
        for child in woman.children
        for e in child.episodes
        if e.need == "N7"
    ]
    for day, answers in said:
        for issue, answer in answers.items():
            for timing in _timings(day, latest):
                states = found.setdefault(issue, {})
                states[timing] = "yes" if "yes" in (answer, states.get(timing)) else "no"
    if is_care_experienced(woman):
        found["care_experienced"] = {"ever": "yes"}
    return {issue: found[issue] for issue in sorted(found)}
