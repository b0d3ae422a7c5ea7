"""What a practice would add: first where the answer flips, and how near the local figures are."""

from casescope.disclosure.released import Released
from casescope.findings.value.chance import View
from casescope.findings.value.results import LEAD, Results, is_pool_enough
from casescope.report.charts.kinds import Swing, Tornado
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
from casescope.report.prose import in_words, listed, pounds, rate_words
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections import removal_rate
from casescope.report.sections.value_tables import (
    flips_range,
    flips_table,
    inputs_table,
    moved_table,
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
    largest,
    of_input,
    shares,
    with_range,
    years,
)
from casescope.report.sections.where_it_flips import NO_COSTS, decision_figure, flip_words
from casescope.report.study import StudyFacts

SECTION = "what-it-would-add"
_EVEN = 0.1
"""As near to even chances as this, neither way is called the likelier."""

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
            NO_COSTS if model.stated.uncosted else "On these assumptions a practice saves nothing"
        )
    return f"A practice pays from a rate of {rate_words(flip)}; {_used(study, model)}"


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


def _worked_out(
    released: Released, study: StudyFacts, model: Model, found: Results
) -> tuple[Block | None, ...]:
    return (
        Paragraph(flip_words(study, model, found)),
        decision_figure(study, model, found),
        Paragraph(_expected(study, model, found)),
        Callout("This rests on assumptions that nobody has measured", (Points(_assumed(study)),)),
        Paragraph(_pool(released, study), lead="Are there enough women?"),
        results_table(model, found),
        ratios_table(model, found),
        removals_table(found),
        flips_table(found),
    )


def _turn(one: View) -> str:
    """Return how it would turn out; either way, where the range of the net value holds both."""
    verb = "save more than it costs" if one.net.mean > 0 else "cost more than it saves"
    if one.net.lower < 0 < one.net.upper:
        return f"could turn out either way, with {_likelier(one)}"
    return f"would be expected to {verb}"


def _likelier(one: View) -> str:
    """Return which way is the likelier one, by the chance that it pays."""
    if abs(one.probability - 0.5) < _EVEN:
        return "neither much likelier"
    return "a saving likelier" if one.probability > 0.5 else "a loss likelier"


def _at_rate(study: StudyFacts, model: Model) -> str:
    """Return which rate a result is told at, as the beginning of a sentence."""
    if is_published(study):
        return f"At the published rate of {study.value.published_rate:.2f}"
    return f"At the local rate of {model.rate.shown}" if model.rate else "At the local rate"


def _expected(study: StudyFacts, model: Model, found: Results) -> str:
    """Return the expected net value, never without range, chance and break-even."""
    one, flip = found.view(), found.flips[LEAD].rate
    ends = flips_range(found, LEAD)
    breaks = (
        f", and it breaks even at a rate of {rate_words(flip)}"
        f"{f' (likely range {ends})' if ends else ''}"
        if flip is not None
        else ""
    )
    return (
        f"{_at_rate(study, model)} a practice {_turn(one)}: it costs {with_range(one.cost)}, "
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
    net = found.view().net
    middle, most = net.mean, largest(net)
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
        alt=" ".join([f"Chart with a bar for each input around {pounds(middle, most)}.", *(
            f"{row.label}: {pounds(row.low, most)} at {row.low_words}, {pounds(row.high, most)} at "
            f"{row.high_words}." for row in rows)]),
        chart=Tornado(rows, middle, f"Expected: {pounds(middle, most)}"),
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
    if cell is not None and cell.value == 0 and cell.of:
        return (
            f"No further removal was seen in {cell.of:,} woman-years (likely range "
            f"{cell.interval} for each). With none to avoid, a practice would save nothing; the "
            "study is too small to say more."
        )
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
