"""The lines of study.toml on what a practice would add: each input of the model.

Where evidence gives no figure there is no default. What is offered in an example has no source.
"""

from collections.abc import Callable

from casescope.governance.study_file import prices
from casescope.governance.study_file.line import FaultError, Field, Value, choice, share, whole

NEEDED = ("take_up", "effect", "effect_after", "deferred", "pathways")
"""Without any one of these the model is not run; pathways can be read from the records."""

VALUE_TABLES = {
    "value": "What a practice would cost and do. The model is not run until take_up, effect, "
    "effect_after and deferred are stated: nobody has published them, so they are the study's own "
    "assumptions, and the report marks them so. Figures in examples have no source. A share is one "
    "number, or its mean with the ends of its 95% range.",
    "costs": "Unit costs as 'pounds in price year'. Weeks, then costs of orders and proceedings. "
    "Defaults are published and dated; the authority's own replace them. What has no figure is "
    "left out of the saving, and the report names it.",
}


COSTS = (
    "foster_week", "own_foster_week", "agency_foster_week", "kinship_week",
    "placed_for_adoption_week", "residential_week", "proceedings", "court", "adoption",
    "guardianship", "adoption_week", "guardianship_week",
)  # fmt: skip
"""Every unit cost by its line."""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def spread(value: object) -> tuple[float, ...]:
    """Return a share of one as (mean,) or (mean, low, high)."""
    given = [value] if _is_number(value) else value
    if not isinstance(given, list | tuple) or not all(map(_is_number, given)):
        raise FaultError("must be a share like 0.65, or mean and 95% range like [0.65, 0.5, 0.8]")
    found = tuple(float(one) for one in given)
    if len(found) not in (1, 3) or not all(0 <= one <= 1 for one in found):
        raise FaultError("must be one share, or three, each between 0 and 1")
    if len(found) == 3 and not found[1] < found[0] < found[2]:
        raise FaultError("must have its mean first, inside its range")
    if len(found) == 3 and (found[2] - found[1]) ** 2 >= 15 * found[0] * (1 - found[0]):
        raise FaultError("has a range too wide for a share")
    return found


def triangle(value: object) -> tuple[float, ...]:
    """Return three amounts: least, most likely, most."""
    if not isinstance(value, list | tuple) or len(value) != 3 or not all(map(_is_number, value)):
        raise FaultError("must be three amounts: least, most likely, most")
    found = tuple(float(one) for one in value)
    if not 0 < found[0] <= found[1] <= found[2]:
        raise FaultError("must be three amounts above 0, in rising order")
    return found


def _checked(read: Callable[[str], object]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str):
            raise FaultError(_words(read))
        read(value)
        return " ".join(value.split())

    return check


def _words(read: Callable[[str], object]) -> str:
    """Return what a text must be, in the words of its own refusal."""
    try:
        read("")
    except FaultError as fault:
        return str(fault)
    return "must be text"


def _each(
    read: Callable[[str], object], check: Callable[[tuple[str, ...]], None] | None = None
) -> Callable[[object], tuple[str, ...]]:
    def reading(value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise FaultError(f"must be a list; each line of it {_words(read)}")
        found = tuple(_checked(read)(one) for one in value)
        if check is not None:
            check(found)
        return found

    return reading


def _all_children(lines: tuple[str, ...]) -> None:
    prices.check_whole(tuple(map(prices.pathway, lines)))


def _line(
    name: str, meaning: str, read: Callable[[object], Value], default: Value = None,
    example: str = "",
) -> Field:  # fmt: skip
    return Field("value", name, meaning, read, default, governed=False, example=example)


VALUE_FIELDS = (
    _line("rate_source", "Which removal rate the model uses: the local one, counted from these "
          "records, or a published one; with a published one every page says so",
          choice(("local", "published")), "local"),
    _line("published_rate", "Where a published rate is used: removals for each woman-year with no "
          "practice", share(0.001, 2), example="0.20"),
    _line("women", "Women in one cohort of the practice; evidence: three practitioners with 7 or "
          "8 women each", whole(1, 500), 22),
    _line("months", "Months that a cohort is supported for", whole(1, 60), 18),
    _line("cohorts", "Cohorts, one after another", whole(1, 10), 1),
    _line("practice_cost", "Cost of a practice a year, in pounds: least, most likely, most. The "
          "defaults come from what three councils paid (Northamptonshire 2019, Derby 2018, St "
          "Helens 2017)", triangle, (265000.0, 294000.0, 315000.0)),
    _line("practice_cost_year", "Its price year; the defaults are of 2017 to 2019 and are taken "
          "as the middle one", _checked(prices.year_of), "2018-19"),
    _line("take_up", "Assumption: share of the women of T1 who are asked that complete the "
          "programme; 0.65 is offered with no source", spread, example="0.65"),
    _line("effect", "Assumption: share of removals that the programme avoids among women who "
          "complete it, while it lasts; the example shows the form only and has no source",
          spread, example="[0.6, 0.4, 0.8]"),
    _line("effect_after", "Assumption: the same, after it; not above the effect; the example "
          "shows the form only and has no source", spread, example="[0.2, 0.05, 0.4]"),
    _line("after_years", "Assumption: years after the programme for which the later effect holds; "
          "with the default, to four years after the start of an 18-month programme",
          share(0, 16.5), 2.5),
    _line("deferred", "Assumption: share of the removals avoided in the programme that happen "
          "later; 0.35 is offered with no source", spread, example="0.35"),
    _line("discount", "Discount rate a year (HM Treasury); check that it is still so",
          share(0, 0.2), 0.035),
    _line("base_year", "The price year in which results are told; if not given, that of the "
          "practice's cost", _checked(prices.year_of), example='"2025-26"'),
    _line("deflators", "Levels of a price index for each price year used, in place of the one that "
          "comes with casescope (HM Treasury's GDP deflators of December 2025, to 2023-24, read "
          "second-hand); prices of a year that the index lacks are never mixed with others",
          _each(prices.deflator), ()),
    _line("pathways", "What happens to children removed, in place of what these records show of "
          "children removed under 1; one line for each pathway: age, share of children, weeks in "
          "each placement in turn, outcome. Ages: "
          + ", ".join(prices.AGE_GROUPS) + ". Placements: " + ", ".join(prices.STAYS)
          + ". Outcomes: " + ", ".join(prices.OUTCOMES),
          _each(prices.pathway, _all_children),
          example='["under 1 | 100% | foster 60, placed for adoption 20 | adoption"]'),
)  # fmt: skip
"""`pathways` have no default; the share of all must be 100%. Without any the course of care is read
from the records, and only where too little of it can be shown is the model not run for it."""


def _cost(name: str, meaning: str, default: str | None = None) -> Field:
    return Field("costs", name, meaning, _checked(prices.priced), default, governed=False,
                 example='"1000 in 2025-26"')  # fmt: skip


def _known_cost(text: str) -> str:
    if text not in COSTS:
        raise FaultError(f"must be one of {', '.join(COSTS)}")
    return text


COST_FIELDS = (
    _cost("foster_week", "A week in foster care (PSSRU, Unit Costs of Health and Social Care "
          "2017)", "646 in 2016-17"),
    _cost("own_foster_week", "A week with one of the authority's own foster carers"),
    _cost("agency_foster_week", "A week with a foster carer of an independent agency (Competition "
          "and Markets Authority 2021, second-hand)", "820 in 2020-21"),
    _cost("kinship_week", "A week with family or friends as foster carers"),
    _cost("placed_for_adoption_week", "A week placed for adoption"),
    _cost("residential_week", "A week in a children's home; never used for a child removed under "
          "1 (National Audit Office: £318,400 a year)", "6123 in 2023-24"),
    _cost("proceedings", "The authority's own cost of one set of care proceedings: legal and "
          "social work, and the court fee"),
    _cost("court", "The court's cost of one case, which the authority does not pay (Ministry of "
          "Justice, answer to Parliament 244102)", "4180 in 2017-18"),
    _cost("adoption", "Costs of one adoption"),
    _cost("guardianship", "Costs of one special guardianship order"),
    _cost("adoption_week", "Adoption allowance and support a week"),
    _cost("guardianship_week", "Special guardianship allowance a week"),
    Field("costs", "cashable", "Assumption: which of these lines fall for each child fewer, so "
          "that the authority pays less (others are time and places freed)",
          _each(_known_cost), ("agency_foster_week",),
          governed=False),
)  # fmt: skip
