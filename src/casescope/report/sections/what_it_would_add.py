"""What a practice would add: first where the answer flips, and how near the local figures are."""

from casescope.disclosure.released import Released
from casescope.findings.value.results import LEAD, Results, is_pool_enough, net_at
from casescope.findings.value.stated import PUBLISHED_RATES
from casescope.report.charts.kinds import Band, Decision, Mark, Swing, Tornado
from casescope.report.document import (
    Block,
    Callout,
    Figure,
    Paragraph,
    Points,
    Section,
    Shelf,
)
from casescope.report.model import Model, is_published
from casescope.report.prose import in_words, listed, pounds
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections import removal_rate
from casescope.report.sections.value_tables import (
    flips_table,
    inputs_table,
    moved_table,
    rates_table,
    ratios_table,
    removals_table,
    results_table,
    two_way_table,
    variants_table,
)
from casescope.report.sections.value_words import (
    COST,
    INPUT,
    chance,
    of_input,
    shares,
    with_range,
    years,
)
from casescope.report.study import StudyFacts

SECTION = "what-it-would-add"
_NO_COSTS = "Where a practice breaks even can’t be worked out without costs"
_ASSUMED = ("take_up", "effect", "effect_after", "deferred")
_AREAS = (
    "One evaluation compared whole areas: 14.4 fewer infants a year came into care in each area "
    "with a Pause practice, and the benefit was put at £4.50 for each £1 over 4 years and £7.61 "
    "over 18 (Boddy and others 2020, quoted second-hand). These are results for areas, not for "
    "women: over the 20 to 24 women of one practice they would come to 0.60 to 0.72 removals "
    "avoided a year for each, more than either of Pause’s own rates. They enter no figure here."
)
_ALTERNATIVES = (
    Paragraph("No practice and no other service. The rate above is what that looks like from these "
              "records. It costs nothing at first, and the women get no help.",
              lead="Doing nothing."),
    Paragraph("Support after a removal that asks nothing about contraception. In 2021 such "
              "services ran in 33 authorities, beside 28 Pause practices (Mason and Wilkinson "
              "2021). What they cost and achieve is not in this model; ask before deciding.",
              lead="Services without a condition."),
)  # fmt: skip
_STATED_PATHS = (
    "The course of care is stated by the study, path by path: see the inputs below. What older "
    "children’s places cost is in no path of a baby."
)
_SEEN_PATHS = (
    "It is built from what these records show of children of women in T1 to T3 who were removed "
    "under 1, at least 4 years ago: how their care ended, and their weeks in each kind of "
    "placement. A programme puts off births, so older children’s care is not in it. Ways too few "
    "to show are left out. Care that goes on counts up to the day of the study only, so over 18 "
    "years the saving is too low."
)
_NOT_MONEY = (
    "Money is not the reason to help anybody, and a saving is not the measure of it. What a "
    "removal means to a woman and her child has no price here."
)


def section(released: Released, study: StudyFacts, model: Model) -> Section:
    """Return the section; without the assumptions it says what is missing, and the rate."""
    found = model.results
    blocks = _worked_out(released, study, model, found) if found else _missing(study, model)
    return Section(
        id=SECTION,
        title=title_of(study, model),
        short="What a practice would add",
        blocks=Shelf().put(*blocks).all(),
        sections=(
            removal_rate.section(released, model.rate),
            *((_rests_on(study, model, found),) if found else ()),
            Section("alternatives", "Other ways, and doing nothing",
                    (Points(_ALTERNATIVES), Paragraph(_NOT_MONEY),
                     Callout("What was found for whole areas", (Paragraph(_AREAS),)))),
        ),
    )  # fmt: skip


def title_of(study: StudyFacts, model: Model) -> str:
    """Return the title: the rate at which the answer flips, beside the one that is used."""
    if model.results is None:
        return "What a practice would add can’t be worked out yet"
    flip = model.results.flips[LEAD].rate
    if flip is None:
        return (
            _NO_COSTS if model.stated.uncosted else "On these assumptions a practice saves nothing"
        )
    return f"It pays from {flip:.2f} removals a woman-year; {_used(study, model)}"


def flip_of(model: Model) -> float | None:
    """Return the rate from which a practice pays for itself; none where none does, or unknown."""
    return model.results.flips[LEAD].rate if model.results else None


def lacking_words(study: StudyFacts, model: Model) -> str:
    """Return how much the study would have to state before the answer can be worked out."""
    if is_published(study) or model.rate is None or model.rate.value is None:
        return "where a practice breaks even can’t be worked out"
    count = len(model.stated.missing) + bool(model.stated.undeflated)
    what = "one assumption is" if count == 1 else f"{in_words(count)} assumptions are"
    return f"where a practice breaks even can’t be worked out: {what} missing"


def _used(study: StudyFacts, model: Model) -> str:
    if is_published(study):
        return f"published: {study.value.published_rate:.2f}"
    return f"here: {model.rate.shown}" if model.rate else "here: not known"


def flip_words(study: StudyFacts, model: Model, found: Results) -> str:
    """Return where the answer flips, and where the rate that is used lies."""
    flip = found.flips[LEAD].rate
    whose = f"Counting all that the authority spends over {LEAD[1]} years"
    if flip is None and model.stated.uncosted:
        return f"{_NO_COSTS}: {_uncosted(model)}"
    if flip is None:
        return f"{whose}, no removal rate would make a practice pay for itself."
    start = (
        f"{whose}, a practice pays for itself where at least {flip:.2f} children would be "
        "removed for each woman-year without it."
    )
    return f"{start} {_beside(study, model, flip)} {_uncosted(model)}".strip()


def _uncosted(model: Model) -> str:
    """Return which costs nobody gave, or nothing: what is not counted makes the saving too low."""
    if not model.stated.uncosted:
        return ""
    names = listed([COST[name] for name in model.stated.uncosted])
    return f"Nobody gave a cost for {names}, so the saving is too low and the break-even too high."


def _beside(study: StudyFacts, model: Model, flip: float) -> str:
    """Return where the rate and its range lie, against the rate at which the answer flips."""
    if is_published(study):
        return (
            f"The study uses a published rate, {study.value.published_rate:.2f}, in place of one "
            "measured here."
        )
    cell = model.rate
    if cell is None or cell.value is None or cell.lower is None or cell.upper is None:
        return "The local rate can’t be shown."
    told = f"The local rate is {cell.shown} (likely range {cell.interval})"
    if cell.upper < flip:
        return f"{told}: all of its range lies below that."
    if cell.lower > flip:
        return f"{told}: all of its range lies above that."
    return f"{told}: that point lies inside the range, so the rate alone does not decide it."


def _worked_out(
    released: Released, study: StudyFacts, model: Model, found: Results
) -> tuple[Block | None, ...]:
    return (
        Paragraph(flip_words(study, model, found)),
        decision_figure(study, model, found),
        Paragraph(_expected(model, found)),
        Callout("This rests on assumptions that nobody has measured", (Points(_assumed(study)),)),
        Paragraph(_pool(released, study), lead="Are there enough women?"),
        results_table(model, found),
        ratios_table(model, found),
        removals_table(found),
        flips_table(found),
    )


def _expected(model: Model, found: Results) -> str:
    """Return the expected net value, never without range, chance and break-even."""
    one, flip = found.view(), found.flips[LEAD].rate
    verb = "save more than it costs" if one.net.mean > 0 else "cost more than it saves"
    breaks = f", and it breaks even at a rate of {flip:.2f}" if flip is not None else ""
    return (
        f"At that rate a practice would be expected to {verb}: it costs {with_range(one.cost)}, "
        f"saves {with_range(one.benefit)} and leaves {with_range(one.net)}, in {model.year} "
        f"prices. The chance that it pays for itself is {chance(one.probability)}{breaks}. The "
        "ranges hold what is stated as not known of the inputs, and the luck of small numbers; the "
        "cost of a removal, the paths of care and the discount rate are taken as known."
    )


def _assumed(study: StudyFacts) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(f"{shares(getattr(study.value, name))}. An assumption of the study; no source.",
                  lead=f"{INPUT[name]}:")
        for name in _ASSUMED
    )  # fmt: skip


def _pool(released: Released, study: StudyFacts) -> str:
    """Return how T1 stands to the places of a practice."""
    t1 = cell_of(table_of(released, "headline"), "Number", "Women in T1")
    size, women = study.value.women * study.value.cohorts, value_of(t1)
    usual = "Published practices drew on groups four to six times their size."
    if t1 is None or women is None:
        return f"The number of women in T1 is too small to show. {usual}"
    enough = "That is enough" if is_pool_enough(women, size) else "That is fewer than usual"
    return f"There are {t1.shown} women in T1 for {size} places{_in_turn(study)}. {usual} {enough}."


def _in_turn(study: StudyFacts) -> str:
    cohorts = study.value.cohorts
    return "" if cohorts == 1 else f" ({cohorts} groups of {study.value.women}, one after another)"


def decision_figure(study: StudyFacts, model: Model, found: Results) -> Figure:
    """Return the decision chart, with the table of the rates it marks."""
    return Figure(
        id="figure-decision",
        title=decision_title(study, model, found),
        alt=decision_alt(study, model, found),
        chart=decision_chart(study, model, found),
        table=rates_table(model, found),
        about=f"Expected net value, {model.year} prices, all that the authority spends, "
        f"{LEAD[1]} years. Source: this study’s rate and assumptions.",
    )


def decision_title(study: StudyFacts, model: Model, found: Results) -> str:
    """Return the title: on which side of the flip the rate lies."""
    flip = found.flips[LEAD].rate
    if flip is None:
        return "At no removal rate would a practice pay for itself"
    if is_published(study):
        return f"A practice pays for itself from a rate of {flip:.2f}"
    cell = model.rate
    if cell is None or cell.lower is None or cell.upper is None:
        return f"A practice pays for itself from a rate of {flip:.2f}"
    if cell.upper < flip:
        return "The local rate lies below where a practice pays"
    return (
        "The local rate lies above where a practice pays"
        if cell.lower > flip
        else "The local rate straddles where a practice pays"
    )


def decision_alt(study: StudyFacts, model: Model, found: Results) -> str:
    """Return the chart in words."""
    rates = listed(
        [f"{pounds(one.net.mean)} at {rate:.2f}" for rate, one in found.at_rates.items()]
    )
    return (
        "A straight line of the expected net value against the removal rate, rising from left to "
        f"right. {flip_words(study, model, found)} Expected net value: {rates}."
    )


def decision_chart(study: StudyFacts, model: Model, found: Results) -> Decision:
    """Return the line, the rates marked on it, the local range, and where it crosses 0."""
    inputs, flip, cell = model.stated.inputs, found.flips[LEAD].rate, model.rate
    local = None
    if not is_published(study) and cell and cell.lower is not None and cell.upper is not None:
        local = Band(f"Local rate: {cell.shown} ({cell.interval})", cell.lower, cell.upper)
    seen = [*PUBLISHED_RATES, *([local.upper] if local else []), *([flip] if flip else [])]
    end = 1.1 * min(max(seen), 1.5)
    ends = [(rate, net_at(inputs, rate) if inputs else 0.0) for rate in (0.0, end)]
    return Decision(
        (ends[0], ends[1]),
        "Children removed for each woman-year without a practice",
        f"Expected net value to the authority over {LEAD[1]} years, {model.year} prices",
        tuple(Mark(f"{rate:.2f}", rate) for rate in PUBLISHED_RATES),
        local,
        Mark(f"Breaks even at {flip:.2f}", flip) if flip and flip <= end else None,
    )


def _rests_on(study: StudyFacts, model: Model, found: Results) -> Section:
    uncosted = [COST[name] for name in model.stated.uncosted]
    left_out = f"Nobody gave a cost for {listed(uncosted)}. They count as nothing, so the saving "
    return Section(
        id="rests-on",
        title="What the answer rests on",
        blocks=Shelf()
        .put(
            tornado_figure(model, found),
            Paragraph(
                _STATED_PATHS if study.value.pathways else _SEEN_PATHS,
                lead="What one removal costs.",
            ),
            Paragraph(left_out + "is too low.", lead="Not counted.") if uncosted else None,
            two_way_table(model, found),
            variants_table(model),
            inputs_table(study, model),
        )
        .all(),
    )


def tornado_figure(model: Model, found: Results) -> Figure:
    """Return how far each input moves the net value."""
    middle = found.view().net.mean
    moved = [one for one in found.moved if one.swing > 0]
    rows = tuple(
        Swing(INPUT[one.name], one.net_at_low, one.net_at_high, of_input(one.name, one.low),
              of_input(one.name, one.high))
        for one in moved
    )  # fmt: skip
    first = INPUT[moved[0].name] if moved else ""
    return Figure(
        id="figure-tornado",
        title=f"Moves it most: {first[:1].lower()}{first[1:]}" if first else "What moves it",
        alt=" ".join([f"Chart with a bar for each input around {pounds(middle)}.", *(
            f"{row.label}: {pounds(row.low)} at {row.low_words}, {pounds(row.high)} at "
            f"{row.high_words}." for row in rows)]),
        chart=Tornado(rows, middle, f"Expected: {pounds(middle)}"),
        table=moved_table(found),
        about=f"Expected net value with one input at either end of its 95% range, {model.year} "
        f"prices, all that the authority spends, {LEAD[1]} years.",
    )  # fmt: skip


def _missing(study: StudyFacts, model: Model) -> tuple[Block | None, ...]:
    """Return what is missing, and the conditions that can be stated without it."""
    lacking = [Paragraph(f"{INPUT[name]}.") for name in model.stated.missing]
    if model.stated.undeflated:
        lacking.append(Paragraph("A price index that tells prices of "
                                 f"{years(model.stated.undeflated)} in one year."))  # fmt: skip
    return (
        Callout("What is missing", (
            Paragraph("No figure of a saving is given, because these have not been stated. Nobody "
                      "has published them; the study states them in study.toml, and the report "
                      "then marks them as assumptions."),
            Points(tuple(lacking)),
        )),
        Paragraph(condition_words(study, model), lead="What can be said already."),
    )  # fmt: skip


def condition_words(study: StudyFacts, model: Model) -> str:
    """Return what each removal would have to save, if a practice avoided every one of them."""
    cell, practice = model.rate, model.stated.practice_cost
    if cell is None or not cell.value or not cell.lower or not cell.upper or practice is None:
        return "The local removal rate can’t be shown, so no condition can be stated."
    years_run = study.value.months * study.value.cohorts / 12
    woman_years = study.value.women * years_run
    cost = practice[1].pounds * years_run
    low, high = cost / (woman_years * cell.upper), cost / (woman_years * cell.lower)
    return (
        f"At the local rate of {cell.shown} (likely range {cell.interval}), {study.value.women} "
        f"women would have about {woman_years * cell.value:.0f} more children removed in "
        f"{study.value.months * study.value.cohorts} months without a practice (likely range of "
        f"the mean {woman_years * cell.lower:.0f} to {woman_years * cell.upper:.0f}). A practice "
        f"costs about {pounds(cost)} in that time ({study.value.practice_cost_year} prices). Even "
        "if every one of these removals were avoided for good, each would have to save "
        f"{pounds(cost / (woman_years * cell.value))} (likely range {pounds(low)} to "
        f"{pounds(high)}) for the practice to pay for itself in that time. If fewer are avoided, "
        "each must save more."
    )
