"""Words of the value model: its inputs, perspectives and results."""

from casescope.findings.value.chance import Outcome
from casescope.governance.study_file.prices import Pathway, year_words
from casescope.report.prose import pounds, rate_words

INPUT = {
    "rate": "Removal rate without a practice",
    "take_up": "Share of women who complete the programme",
    "effect": "Share of removals avoided during it",
    "effect_after": "Share of removals avoided after it",
    "deferred": "Share of those avoided that only come later",
    "practice_cost": "Cost of a practice a year",
    "pathways": "What happens to children removed, and for how many weeks",
    "after_years": "Years after it in which the later effect holds",
    "discount": "Discount rate a year",
}
COUNTED = ("rate", "pathways")
"""Inputs that the records themselves would give, if there were enough of them."""

PERSPECTIVE = {
    "cashable": "What the authority would stop paying",
    "authority": "All that the authority spends",
    "public": "The same and the courts’ cost",
}
COST = {
    "foster_week": "a week in foster care",
    "own_foster_week": "a week with the authority’s own foster carers",
    "agency_foster_week": "a week with agency foster carers",
    "kinship_week": "a week with family or friends as foster carers",
    "placed_for_adoption_week": "a week placed for adoption",
    "residential_week": "a week in a children’s home",
    "proceedings": "the authority’s own cost of proceedings",
    "court": "the court’s cost of a case",
    "adoption": "an adoption",
    "guardianship": "a special guardianship order",
    "adoption_week": "adoption allowances",
    "guardianship_week": "special guardianship allowances",
}


def priced(one: Outcome) -> tuple[str, str]:
    """Return an amount and its likely range, rounded alike."""
    most = largest(one)
    return pounds(one.mean, most), f"{pounds(one.lower, most)} to {pounds(one.upper, most)}"


def largest(one: Outcome) -> float:
    """Return the largest of an amount and the ends of its range: all are rounded as it is."""
    return max(abs(one.mean), abs(one.lower), abs(one.upper))


def with_range(one: Outcome) -> str:
    """Return an amount with its likely range behind it."""
    amount, span = priced(one)
    return f"{amount} (likely range {span})"


def numbered(one: Outcome) -> tuple[str, str]:
    """Return a number of removals, or a ratio, and its likely range, to one decimal."""
    return f"{one.mean:.1f}", f"{one.lower:.1f} to {one.upper:.1f}"


def chance(share: float) -> str:
    """Return a probability as a whole percentage; never none or certain."""
    if share < 0.01:
        return "under 1%"
    return "over 99%" if share > 0.99 else f"{share:.0%}"


def of_input(name: str, value: float) -> str:
    """Return the value of one input as it is said: pounds, a rate, or a share."""
    if name == "practice_cost":
        return pounds(value)
    return rate_words(value) if name == "rate" else f"{value:.0%}"


def shares(stated: tuple[float, ...] | None) -> str:
    """Return a share as stated: its mean, and its range where it has one."""
    if not stated:
        return "not stated"
    if len(stated) == 1:
        return f"{stated[0]:.0%}, as one number"
    return f"{stated[0]:.0%} ({stated[1]:.0%} to {stated[2]:.0%})"


def path_words(one: Pathway) -> str:
    """Return one course of care: age, share of the children, weeks in each placement, outcome."""
    stays = ", ".join(f"{weeks:.0f} weeks {kind}" for kind, weeks in one.stays) or "no cost"
    return f"{one.age_group}; {one.share:.0%}; {stays}; {one.outcome}"


def years(listed: tuple[int, ...]) -> str:
    """Return price years in words."""
    return ", ".join(map(year_words, listed))
