"""Where the answer flips, how near the local rate is to it, and the chart that shows both."""

from math import inf

from casescope.disclosure.released import ReleasedCell
from casescope.findings.value.results import LEAD, Results, net_at
from casescope.findings.value.stated import PUBLISHED_RATES
from casescope.kernel.counting import counted
from casescope.report.charts.kinds import Band, Decision, Mark
from casescope.report.document import Figure
from casescope.report.model import Model, is_published
from casescope.report.prose import listed, rate_words
from casescope.report.sections.removal_rate import recent_ends
from casescope.report.sections.value_tables import flips_range, rates_table
from casescope.report.sections.value_words import COST, priced
from casescope.report.study import StudyFacts

NO_COSTS = "Where a practice breaks even can’t be worked out without costs"


def flip_of(model: Model) -> float | None:
    """Return the rate from which a practice pays for itself; none where none does, or unknown."""
    return model.results.flips[LEAD].rate if model.results else None


def flip_words(study: StudyFacts, model: Model, found: Results) -> str:
    """Return where the answer flips, and where the rate that is used lies."""
    flip = found.flips[LEAD].rate
    whose = f"Counting all that the authority spends over {LEAD[1]} years"
    if flip is None and model.stated.uncosted:
        return f"{NO_COSTS}: {_uncosted(model)}"
    if flip is None:
        return f"{whose}, no removal rate would make a practice pay for itself."
    ends = flips_range(found, LEAD)
    start = (
        f"{whose}, a practice pays for itself where at least {rate_words(flip)} children a year"
        f"{f' (likely range {ends})' if ends else ''} would be removed for each woman without it."
    )
    told = (_beside(study, model, found), _soon(study, model, found), _uncosted(model))
    return " ".join((start, *filter(None, told)))


def _uncosted(model: Model) -> str:
    """Return which costs nobody gave, or nothing: what is not counted makes the saving too low."""
    if not model.stated.uncosted:
        return ""
    names = listed([COST[name] for name in model.stated.uncosted])
    return f"Nobody gave a cost for {names}, so the saving is too low and the break-even too high."


def _beside(study: StudyFacts, model: Model, found: Results) -> str:
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
    side = side_of(cell, found)
    if not side:
        return f"{told}: that point lies inside its range, so the rate alone does not decide it."
    if is_clear(cell, found):
        return f"{told}: all of its range lies {side} that."
    return (
        f"{told}. It lies {side} that point, but the two ranges meet: within what the study states "
        "as not known, the answer could be the other one."
    )


def _soon(study: StudyFacts, model: Model, found: Results) -> str:
    """Return where the rate soon after a removal lies, if that is elsewhere than the local one."""
    ends, cell, flip = recent_ends(model), model.rate, found.flips[LEAD].rate
    if is_published(study) or ends is None or cell is None or cell.hidden or flip is None:
        return ""
    side = _side(ends.lower, ends.upper, flip)
    if side == side_of(cell, found):
        return ""
    lies = f"lies {side} that point" if side else "has that point inside it"
    return (
        f"In the {counted(study.parameters.lookback_years, 'year')} after a removal, where all "
        f"women in T1 are, the likely range is {rate_words(ends.lower)} to "
        f"{rate_words(ends.upper)}: it {lies}."
    )


def side_of(cell: ReleasedCell, found: Results) -> str:
    """Return whether all of the local range lies above or below the flip; "" where it holds it."""
    flip = found.flips[LEAD].rate
    if flip is None or cell.lower is None or cell.upper is None:
        return ""
    return _side(cell.lower, cell.upper, flip)


def _side(lower: float, upper: float, flip: float) -> str:
    return "below" if upper < flip else "above" if lower > flip else ""


def is_clear(cell: ReleasedCell, found: Results) -> bool:
    """Say whether the local range lies wholly outside the range of the flip as well."""
    flip, ends = found.flips[LEAD].rate, found.flip_ranges[LEAD].rate
    if flip is None or cell.lower is None or cell.upper is None:
        return False
    low, high = ends or (0.0 if cell.upper < flip else flip, inf)
    return cell.upper < low or cell.lower > high


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
        return f"A practice pays for itself from a rate of {rate_words(flip)}"
    cell = model.rate
    if cell is None or cell.lower is None or cell.upper is None:
        return f"A practice pays for itself from a rate of {rate_words(flip)}"
    side = side_of(cell, found)
    if not side:
        return "The local rate straddles where a practice pays"
    lies = "lies" if is_clear(cell, found) else "probably lies"
    return f"The local rate {lies} {side} where a practice pays"


def decision_alt(study: StudyFacts, model: Model, found: Results) -> str:
    """Return the chart in words."""
    rates = listed([f"{priced(one.net)[0]} at {rate:.2f}" for rate, one in found.at_rates.items()])
    return (
        "A straight line of the expected net value against the removal rate, rising from left to "
        f"right. {flip_words(study, model, found)} Expected net value: {rates}."
    )


def decision_chart(study: StudyFacts, model: Model, found: Results) -> Decision:
    """Return the line, the rates marked on it, the local range, and where it crosses 0."""
    ends_said = flips_range(found, LEAD)
    inputs, flip, cell = model.stated.inputs, found.flips[LEAD].rate, model.rate
    local = None
    if not is_published(study) and cell and cell.lower is not None and cell.upper is not None:
        local = Band(f"Local rate: {cell.shown} ({cell.interval})", cell.lower, cell.upper)
    seen = [*PUBLISHED_RATES, *([local.upper] if local else []), *([flip] if flip else [])]
    end = 1.1 * min(max(seen), 1.5)
    ends = [(rate, net_at(inputs, rate) if inputs else 0.0) for rate in (0.0, end)]
    return Decision(
        (ends[0], ends[1]),
        "Children removed a year for each woman, without a practice",
        f"Expected net value to the authority over {LEAD[1]} years, {model.year} prices",
        tuple(Mark(f"{rate:.2f}", rate) for rate in PUBLISHED_RATES),
        local,
        Mark(f"Breaks even at {rate_words(flip)}{f' ({ends_said})' * bool(ends_said)}", flip)
        if flip and flip <= end
        else None,
        found.flip_ranges[LEAD].rate if ends_said else None,
    )
