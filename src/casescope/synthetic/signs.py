"""What the women live with, and what assessments of their children record of it.

Shares among women with a removal follow the 2017 evaluation of Pause (mental ill-health 83%, drugs
51%, alcohol 20%; domestic abuse between the 44% then current and the nearly all ever elsewhere).
Nearly a fifth of the women have no assessment with factors at all: missing is not no.
"""

from datetime import date, timedelta

from casescope.kernel.codes import FACTOR_ISSUES
from casescope.kernel.dates import age_on
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import REFERENCE, Assessment, Child, County, Woman

SHARES = {
    "domestic_abuse": 0.83, "mental_health": 0.86, "drugs": 0.54, "alcohol": 0.215,
    "learning_disability": 0.16, "physical_health": 0.08,
}  # fmt: skip
SHARES_OTHERS = {
    "domestic_abuse": 0.5, "mental_health": 0.5, "drugs": 0.18, "alcohol": 0.13,
    "learning_disability": 0.06, "physical_health": 0.06,
}  # fmt: skip
RECORDED = 0.84
FACTORS_FROM = date(2013, 4, 1)
_YEAR_AGO = (date(2025, 3, 31), date(2025, 4, 1))
"""Nothing is assessed on the days whose place within or outside twelve months can be argued."""

_CODES = {issue: code for code, issue in FACTOR_ISSUES.items()}
_OF_THE_CHILD = ("16A", "17A", "18C", "3A", "4A", "20", "3C")


def draw_issues(dice: Dice, kind: str) -> frozenset[str]:
    """Draw what a woman with this kind of life lives with."""
    shares = SHARES if kind == "removal" else SHARES_OTHERS
    return frozenset(issue for issue, share in shares.items() if dice.chance(share))


def record_signs(county: County, dice: Dice) -> None:
    """Give the women's children assessments with factors."""
    serial = 700_000
    for woman in county.women:
        if not dice.chance(RECORDED):
            continue
        for child, day in _occasions(woman, dice):
            serial += 1
            authorised = dice.after(day, 18, 45)
            child.assessments.append(
                Assessment(
                    str(serial), day, authorised if authorised <= REFERENCE else None,
                    _factors(dice, woman.issues),
                )
            )  # fmt: skip


def _occasions(woman: Woman, dice: Dice) -> list[tuple[Child, date]]:
    """Return when which child was assessed: before removals and plans, and now and then."""
    occasions = []
    for child in woman.children:
        starts = [e.start for e in child.episodes[:1]] + [p.start for p in child.plans]
        for start in starts:
            if dice.chance(0.8):
                occasions.append((child, start - timedelta(days=dice.number(10, 110))))
        if not child.episodes and child.born and dice.chance(0.5):
            grown = min(REFERENCE, child.born + timedelta(days=16 * 365))
            occasions.append((child, dice.between(max(child.born, FACTORS_FROM), grown)))
        if not child.episodes and _is_minor(child) and dice.chance(0.2):
            occasions.append((child, dice.between(REFERENCE - timedelta(days=340), REFERENCE)))
    return [
        (child, day)
        for child, day in occasions
        if FACTORS_FROM <= day <= REFERENCE and day not in _YEAR_AGO
    ]


def _is_minor(child: Child) -> bool:
    born = child.born
    return bool(born and age_on(born, REFERENCE) < 17 and born < REFERENCE - timedelta(days=340))


def _factors(dice: Dice, issues: frozenset[str]) -> list[str | None] | dict[str, str]:
    """Return the factors as one of the two forms in which systems hold them."""
    found = [
        code for issue, code in sorted(_CODES.items()) if issue in issues and dice.chance(0.88)
    ]
    about_child = [code for code in _OF_THE_CHILD if dice.chance(0.25)]
    if dice.chance(0.3):
        answers = dict.fromkeys(sorted(found + about_child), "Yes")
        for issue, code in sorted(_CODES.items()):
            if issue not in issues and dice.chance(0.7):
                answers[code] = "No"
        return answers
    if not issues and not about_child and dice.chance(0.8):
        return ["21"]
    listed: list[str | None] = [*sorted(found + about_child)]
    return [*listed, None] if dice.chance(0.04) else listed


def settle_authorisation(woman: Woman, latest_removals: list[date]) -> None:
    """Authorise at once where start and authorisation would fall into different windows.

    So that what holds *at latest removal* or *currently* does not hang on which date is read.
    """
    windows = [(day - timedelta(days=365), day + timedelta(days=90)) for day in latest_removals]
    windows.append((_YEAR_AGO[1], REFERENCE))
    for child in woman.children:
        for assessment in child.assessments:
            end = assessment.authorised
            if end and any(
                (first <= assessment.start <= last) != (first <= end <= last)
                for first, last in windows
            ):
                assessment.authorised = assessment.start
