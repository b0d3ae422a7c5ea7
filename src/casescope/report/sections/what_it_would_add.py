"""What a practice would add: first where the answer flips, and how near the local figures are."""

from casescope.disclosure.released import Released
from casescope.findings.value.chance import View
from casescope.findings.value.results import LEAD, Results
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
from casescope.report.prose import listed, pounds, rate_words
from casescope.report.sections import other_ways, removal_rate, what_is_missing
from casescope.report.sections.practice_size import enough_words
from casescope.report.sections.value_tables import (
    flips_range,
    flips_table,
    inputs_table,
    moved_table,
    ratios_table,
    removals_table,
    results_table,
    share_flip,
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
)
from casescope.report.sections.where_it_flips import NO_COSTS, decision_figure, flip_words
from casescope.report.study import StudyFacts

SECTION = "what-it-would-add"
_EVEN = 0.1
"""As near to even chances as this, neither way is called the likelier."""

_ASSUMED = ("take_up", "effect", "effect_after", "deferred")
_PROCEEDINGS = (
    "Every removal is priced with one set of court proceedings, also one by agreement. Where many "
    "are by agreement, the saving is too high."
)
_STATED_PATHS = (
    "The course of care is stated by the study, path by path: see the inputs below. What older "
    f"children’s places cost is in no path of a baby. {_PROCEEDINGS}"
)
_SEEN_PATHS = (
    "It is built from what these records show of children of women in T1 to T3 who were removed "
    "under 1, at least 4 years ago: how their care ended, and their weeks in each kind of "
    "placement. A programme puts off births, so older children’s care is not in it. Ways too few "
    "to show are left out, and weeks that are hidden count as none. Care that goes on counts up to "
    f"the day of the study only, so over 18 years the saving is too low. {_PROCEEDINGS}"
)


def section(released: Released, study: StudyFacts, model: Model) -> Section:
    """Return the section; without the assumptions it says what is missing, and the rate."""
    found = model.results
    blocks = (
        _worked_out(released, study, model, found)
        if found
        else what_is_missing.blocks(study, model)
    )
    return Section(
        id=SECTION,
        title=title_of(study, model),
        short="What a practice would add",
        blocks=Shelf().put(*blocks).all(),
        sections=(
            removal_rate.section(released, model, study),
            *((_rests_on(study, model, found),) if found else ()),
            other_ways.section(model),
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
        Paragraph(_other_flips(found)),
        Callout("This rests on assumptions that nobody has measured", (Points(_assumed(study)),)),
        Paragraph(enough_words(released, study), lead="Are there enough women?"),
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


def _other_flips(found: Results) -> str:
    """Return which effect, or which take-up, would make a practice pay, all else as it is."""
    flips, ends = found.flips[LEAD], found.flip_ranges[LEAD]
    effect = (
        f"if the programme avoided {share_flip(flips.effect, ends.effect)} of removals while it "
        "lasts"
        if flips.effect is not None
        else "at no effect of the programme"
    )
    take_up = (
        f"if {share_flip(flips.take_up, ends.take_up)} of the women completed it"
        if flips.take_up is not None
        else "at no share of women who complete it"
    )
    return f"With all else as it is, a practice would pay for itself {effect}, and {take_up}."


def _assumed(study: StudyFacts) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(f"{shares(getattr(study.value, name))}. An assumption of the study; no source.",
                  lead=f"{INPUT[name]}:")
        for name in _ASSUMED
    )  # fmt: skip


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
