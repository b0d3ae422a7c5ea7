"""The tables of the value model, each figure with its range."""

from collections.abc import Iterable

from casescope.findings.value.chance import Ends, FlipRanges, Outcome
from casescope.findings.value.closed import BreakEven
from casescope.findings.value.course import needed
from casescope.findings.value.deflators import shipped
from casescope.findings.value.results import EFFECTS, RATES, Results
from casescope.governance.study_file import prices
from casescope.governance.study_file.value import ValueLines
from casescope.report.document import Table, TableRow
from casescope.report.model import Model
from casescope.report.numbers import number_in
from casescope.report.prose import pounds, rate_words
from casescope.report.sections.value_words import (
    COST,
    INPUT,
    PERSPECTIVE,
    chance,
    largest,
    numbered,
    of_input,
    path_words,
    priced,
    shares,
)
from casescope.report.study import StudyFacts

_RANGE = "Likely range (95%)"
_NONE = "none"


_USUAL = (ValueLines.women, ValueLines.months, ValueLines.cohorts)
"""Women, months and cohorts where the study states none of its own."""


def results_table(model: Model, found: Results) -> Table:
    """Return benefit and net value by perspective and horizon."""
    rows = [
        (PERSPECTIVE[one.perspective], f"{one.horizon} years", *priced(one.benefit),
         *priced(one.net))
        for one in found.views
    ]  # fmt: skip
    return _table(
        "results", f"What a practice would save, and what is left after its cost, {model.year} "
        "prices", ("Whose money", "Over", "Saving", _RANGE, "Net value", _RANGE), rows, labels=2,
        notes=("Each line counts other money; lines are never added together.",),
    )  # fmt: skip


def ratios_table(model: Model, found: Results) -> Table:
    """Return cost, benefit for each pound of it, and the chance that it pays."""
    rows = [
        (PERSPECTIVE[one.perspective], f"{one.horizon} years", *priced(one.cost),
         *numbered(one.ratio), chance(one.probability))
        for one in found.views
    ]  # fmt: skip
    return _table(
        "ratios", f"Cost of a practice, and saving for each £1 of it, {model.year} prices",
        ("Whose money", "Over", "Cost", _RANGE, "Saving for each £1", _RANGE,
         "Chance that it pays"), rows, labels=2,
    )  # fmt: skip


def removals_table(found: Results) -> Table:
    """Return removals avoided, put off, and avoided for good, by horizon."""
    rows = []
    for horizon in sorted({one.horizon for one in found.views}):
        one = found.view(horizon=horizon)
        rows.append((f"{horizon} years", *numbered(one.avoided), *numbered(one.deferred),
                     *numbered(one.net_removals)))  # fmt: skip
    return _table(
        "removals", "Removals avoided among the women of the practice",
        ("Over", "Avoided", _RANGE, "Of them, only later", _RANGE, "Avoided for good", _RANGE),
        rows,
    )  # fmt: skip


def flips_table(found: Results) -> Table:
    """Return what each input would have to be for the practice to pay for itself."""
    rows = [
        (PERSPECTIVE[one[0]], f"{one[1]} years", *_flip(flips, found.flip_ranges[one]))
        for one, flips in found.flips.items()
    ]
    return _table(
        "break-even", "What it would take for a practice to pay for itself",
        ("Whose money", "Over", "Removal rate", _RANGE, "Effect in the programme", _RANGE,
         "Share who complete", _RANGE),
        rows, labels=2,
        notes=("Each column changes one thing and leaves the others as they are. ‘None’ means "
               "that no value would do. The effect after the programme changes in proportion. A "
               "range holds what is stated as not known of everything but its own column; ‘over "
               "100%’ is an end at which no share would do.",),
    )  # fmt: skip


def _flip(flips: BreakEven, ends: FlipRanges) -> tuple[str, ...]:
    return (
        _rate(flips.rate), _rate_ends(ends.rate) or "–",
        _share(flips.effect), _share_ends(ends.effect) or "–",
        _share(flips.take_up), _share_ends(ends.take_up) or "–",
    )  # fmt: skip


def flips_range(found: Results, one: tuple[str, int]) -> str:
    """Return the range of a break-even rate; "" where it has none, or no width."""
    return _rate_ends(found.flip_ranges[one].rate)


def share_flip(value: float | None, ends: Ends | None) -> str:
    """Return a share at break-even with its range in brackets: 62% (likely range 41% to 80%)."""
    said = _share_ends(ends)
    return f"{_share(value)} (likely range {said})" if said else _share(value)


def _rate_ends(ends: Ends | None) -> str:
    return _range_of(*map(_rate, ends)) if ends else ""


def _share_ends(ends: Ends | None) -> str:
    if ends and min(ends) > 1:
        return _share_end(min(ends))
    return _range_of(*map(_share_end, ends)) if ends else ""


def _range_of(low: str, high: str) -> str:
    return "" if low == high else f"{low} to {high}"


def _share_end(value: float) -> str:
    return "over 100%" if value > 1 else f"{value:.0%}"


def rates_table(model: Model, found: Results) -> Table:
    """Return the results at rates to compare with, each with its range and chance."""
    rows = [
        (f"{rate:.2f}", *priced(one.net), *numbered(one.ratio), chance(one.probability))
        for rate, one in found.at_rates.items()
    ]
    return _table(
        "at-rates", f"Net value at other removal rates, {model.year} prices",
        ("Removals for each woman-year", "Net value", _RANGE, "Saving for each £1", _RANGE,
         "Chance that it pays"), rows,
        notes=("0.20 and 0.53 are worked out from two of Pause’s own statements; 0.26 is half of "
               "the latter; 0.10 is lower than any of them. None was measured here.",),
    )  # fmt: skip


def moved_table(found: Results) -> Table:
    """Return what each input does to the net value."""
    most = largest(found.view().net)
    rows = [
        (INPUT[one.name], of_input(one.name, one.low), pounds(one.net_at_low, most),
         of_input(one.name, one.high), pounds(one.net_at_high, most))
        for one in found.moved
    ]  # fmt: skip
    return _table(
        "moved", "Net value with one input at either end of its range",
        ("Input", "Low end", "Net value", "High end", "Net value"), rows,
        notes=("An input stated as one number has no range, so it seems to move nothing.",),
    )  # fmt: skip


def two_way_table(model: Model, found: Results) -> Table:
    """Return the net value by removal rate and effect, and where it flips along either."""
    rows = [
        (f"{rate:.2f}", *(_thousands(found.two_way[rate, effect]) for effect in EFFECTS),
         _bracketed(_share(flip.value), _share_ends(flip.ends)))
        for rate in RATES for flip in (found.flips_at_rate[rate],)
    ]  # fmt: skip
    flips = [found.flips_at_effect[effect] for effect in EFFECTS]
    told = [_bracketed(_rate(flip.value), _rate_ends(flip.ends)) for flip in flips]
    rows.append(("Breaks even at a rate of", *told, ""))
    return _table(
        "two-way", f"Net value by removal rate and effect, in £1,000s, {model.year} prices",
        ("Removals for each woman-year", *(f"Effect {effect:.0%}" for effect in EFFECTS),
         "Breaks even at an effect of"), rows, folded=True,
        notes=("Likely ranges in brackets. ‘None’ means that no value would do.",),
    )  # fmt: skip


def _bracketed(value: str, ends: str) -> str:
    return f"{value} ({ends})" if ends else value


def _thousands(one: Outcome) -> str:
    """Return an amount and its range in thousands of pounds."""
    mean, lower, upper = (f"{value / 1000:,.0f}".replace("-", "−") for value in
                          (one.mean, one.lower, one.upper))  # fmt: skip
    return f"{mean} ({lower} to {upper})"


def _rate(value: float | None) -> str:
    return _NONE if value is None else rate_words(value)


def _share(value: float | None) -> str:
    return _NONE if value is None else f"{value:.0%}"


def variants_table(model: Model) -> Table | None:
    """Return the net value under other counts, linkages and times; none without any rate."""
    rows = [
        (name, *priced(one.net), chance(one.probability)) for name, one in model.variants.items()
    ]
    if not rows:
        return None
    return _table(
        "variants", f"Net value under other counts, links and times, {model.year} prices",
        ("Removals, links and time", "Net value", _RANGE, "Chance that it pays"), rows,
    )  # fmt: skip


def inputs_table(study: StudyFacts, model: Model) -> Table:
    """Return every input, its value, and whether it is local, published or an assumption."""
    value = study.value
    least, likely, most = value.practice_cost
    rows = [
        (INPUT["rate"], "see the local removal rate", "local")
        if value.rate_source == "local"
        else (INPUT["rate"], f"{value.published_rate:.2f}", "published"),
        *((INPUT[name], shares(getattr(value, name)), "assumption of the study")
          for name in ("take_up", "effect", "effect_after", "deferred")),
        (INPUT["after_years"], f"{value.after_years:g}", "assumption"),
        (INPUT["practice_cost"], f"{pounds(likely)} ({pounds(least)} to {pounds(most)}), "
         f"{value.practice_cost_year} prices", _cost_source(study)),
        (INPUT["discount"], f"{value.discount:.1%}", "HM Treasury, not checked here"
         if value.discount == ValueLines.discount else "stated by the study"),
        ("Women, months, cohorts", f"{value.women}, {value.months}, {value.cohorts}", "size of a "
         "practice (Bristol and others)" if (value.women, value.months, value.cohorts) == _USUAL
         else "stated by the study"),
        *((f"Course of care {at}", path_words(one), "stated by the study" if value.pathways
           else "local: finding care_paths")
          for at, one in enumerate(model.stated.pathways, 1)),
        _index(study, model),
        *_unit_costs(study, model),
        *_removal_costs(model),
    ]  # fmt: skip
    return _table("inputs", "Every input and where it comes from",
                  ("Input", "Value", "Where from"), rows, folded=True, numeric=False)  # fmt: skip


def _unit_costs(study: StudyFacts, model: Model) -> list[tuple[str, str, str]]:
    """Return the unit costs that the course of care asks for, and who gave them."""
    default = type(study.costs)()
    asked = needed(model.stated.pathways)
    given = [(name, getattr(study.costs, name), getattr(default, name)) for name in asked]
    return [
        (f"Cost: {COST[name]}", _given(text),
         "published: see study.toml" if text == usual else "stated by the study")
        for name, text, usual in given if text
    ]  # fmt: skip


def _index(study: StudyFacts, model: Model) -> tuple[str, str, str]:
    """Return the price index that tells prices of several years in one."""
    if study.value.deflators:
        return "Price index", f"told in {model.year} prices", "stated by the study"
    return "Price index", f"{shipped().name}, told in {model.year} prices", shipped().said_by


def _given(text: str) -> str:
    """Return a unit cost as it was given, with its price year."""
    one = prices.priced(text)
    amount = f"{one.pounds:,.2f}".removesuffix(".00")
    return f"£{amount} in {prices.year_words(one.year)} prices"


def _removal_costs(model: Model) -> list[tuple[str, str, str]]:
    """Return what one removal costs in all its years, before discounting."""
    costs = model.stated.inputs.removal_cost if model.stated.inputs else {}
    return [
        (f"One removal, up to 18 years: {PERSPECTIVE[one].lower()}",
         f"{pounds(sum(years))}, {model.year} prices", "worked out from the lines above")
        for one, years in costs.items()
    ]  # fmt: skip


def _cost_source(study: StudyFacts) -> str:
    if study.value.practice_cost == type(study.value)().practice_cost:
        return "published: three councils, 2017 to 2019"
    return "stated by the study"


def _table(
    name: str,
    caption: str,
    head: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    *,
    labels: int = 1,
    notes: tuple[str, ...] = (),
    folded: bool = False,
    numeric: bool = True,
) -> Table:
    made = tuple(
        TableRow(cells, values=_values(cells, labels) if numeric else ()) for cells in rows
    )
    return Table(f"table-value-{name}", caption, head, made, labels, notes=notes, folded=folded,
                 numeric=numeric)  # fmt: skip


def _values(cells: tuple[str, ...], labels: int) -> tuple[float | None, ...]:
    """Return the numbers of a row as shown; None for its labels and for words."""
    return tuple(None if at < labels else number_in(cell) for at, cell in enumerate(cells))
