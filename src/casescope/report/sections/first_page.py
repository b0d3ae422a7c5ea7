"""The first page: four figures, one chart, what is not known, what happens next."""

from dataclasses import replace

from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.findings.value.results import LEAD as LEAD_VIEW
from casescope.kernel.counting import counted
from casescope.report.charts.kinds import Decision
from casescope.report.document import (
    Callout,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Points,
    Section,
    Shelf,
)
from casescope.report.model import Model
from casescope.report.prose import interval, rate_words, span
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections import (
    how_soon,
    practice_size,
    to_know,
    together,
    what_is_missing,
    what_they_live_with,
    where_it_flips,
)
from casescope.report.sections.limits import (
    coverage_cell,
    few_mothers,
    no_mothers,
    unknown_ages,
)
from casescope.report.sections.value_tables import flips_range
from casescope.report.study import StudyFacts

_OPEN_QUESTION = (
    "That depends above all on how many removals would follow without one. Published figures for "
    "that differ almost threefold: from 0.20 to 0.53 removals a year for each woman (worked out "
    "from two of Pause’s own statements)."
)
_CAN_CHANGE = "Within that range the answer can change."
_TOO_FEW = "Too few women stand behind this to show it."
_TOO_LITTLE = "Too little is recorded to show it."
_PUBLISHED = (0.20, 0.53)
_COUNTING = {
    "Strict": "by court or emergency alone",
    "Wide": "with moves by order",
}
"""What the counts of removals that do not lead would be."""

_WITH = {
    "Strict linkage": "by certain links alone",
    "Lenient linkage": "with likely links too",
}
"""What the linkage of women that does not lead would be."""


def section(released: Released, study: StudyFacts, model: Model) -> Section:
    """Return the first page."""
    return Section(
        id="first",
        title="The main findings",
        short="The main findings",
        blocks=Shelf()
        .put(
            no_mothers(released.facts),
            few_mothers(table_of(released, "coverage")),
            unknown_ages(table_of(released, "flow")),
            KeyFigures(key_figures(released, study, model)),
            Points(_also(released, model)),
            chart(released, study, model),
            decision(released, study, model),
            *to_know.callouts(released, study, model),
        )
        .all(),
    )  # fmt: skip


def decision(released: Released, study: StudyFacts, model: Model) -> Callout:
    """Return where the answer flips, or what the study would have to state for it, and for whom."""
    places = Paragraph(practice_size.enough_words(released, study), lead="Are there enough women?")
    if model.results is None:
        told = what_is_missing.condition_words(study, model)
        return Callout("The question this study can’t answer yet",
                       (Paragraph(f"{asked(study)} {_CAN_CHANGE}"), Paragraph(told),
                        places))  # fmt: skip
    told = where_it_flips.flip_words(study, model, model.results)
    return Callout(
        "Where the answer flips",
        (Paragraph(f"{asked(study)} {_within(model)}".strip()),
         Paragraph(f"{told} This rests on assumptions that nobody has measured: see the section on "
                   "what a practice would add."),
         places),
    )  # fmt: skip


def asked(study: StudyFacts) -> str:
    """Return the question, with what a practice is, and what it depends on."""
    months = counted(study.value.months, "month")
    return (
        f"A practice is a small team that works with {study.value.women} of these women at a time, "
        f"for {months}. Would one be worth it here? {_OPEN_QUESTION}"
    )


def _within(model: Model) -> str:
    """Return whether the answer changes between the published rates; nothing without a flip."""
    flip = where_it_flips.flip_of(model)
    if flip is None:
        return ""
    (low, high), at = _PUBLISHED, f"{rate_words(flip)}{_flip_range(model)}"
    if low <= flip <= high:
        return f"Within that range the answer changes: at {at}, on this study’s assumptions."
    side = "above" if flip > high else "below"
    return f"On this study’s assumptions the answer changes {side} that range, at {at}."


def chart(released: Released, study: StudyFacts, model: Model) -> Figure | None:
    """Return the decision chart; where it can't be drawn, T1 beside the size of a practice."""
    tiers, found = table_of(released, "tiers"), None
    if model.results is not None:
        found = where_it_flips.decision_figure(study, model, model.results)
    elif tiers is not None:
        found = practice_size.practice_figure(tiers)
    if found is None:
        return None
    behind = replace(found.table, id="figure-first-table", caption="The figures of this chart")
    drawn = replace(found.chart, low=True) if isinstance(found.chart, Decision) else found.chart
    return replace(found, id="figure-first", chart=drawn, table=behind)


def _also(released: Released, model: Model) -> tuple[Paragraph, ...]:
    """Return how soon again, what the women live with, and what one would have to know first."""
    said = (
        ("How soon again:", how_soon.said(table_of(released, "recurrence_at")) or _TOO_FEW),
        (
            "What they live with:",
            what_they_live_with.said(table_of(released, what_they_live_with.LEAD)),
        ),
        ("Together:", together.said(table_of(released, "issues_together"))),
        ("What we would need to know first:", to_know.first(released, model)),
    )
    return tuple(Paragraph(words or _TOO_LITTLE, lead=lead) for lead, words in said)


def key_figures(released: Released, study: StudyFacts, model: Model) -> tuple[KeyFigure, ...]:
    """Return the four figures of the first page; a hidden one says so."""
    headline, tiers = table_of(released, "headline"), table_of(released, "tiers")
    linkages = table_of(released, "headline_by_linkage")
    linked = coverage_cell(table_of(released, "coverage"))
    t1 = cell_of(headline, "Number", "Women in T1")
    return (
        KeyFigure("Women with two or more children removed, and none in their care (T1)",
                  value_words(t1),
                  t1_range(t1, cell_of(headline, "At most", "Women in T1"))
                  + beside(linkages, "T1"),
                  "finding out where some children live now, and finding more mothers.",
                  "headline"),
        KeyFigure("Women at risk: one child removed (T3), or none (T4)",
                  value_words(cell_of(headline, "Number", "Women at risk (T3 and T4)")),
                  at_risk_words(tiers),
                  "records of a second removal, or of new plans or proceedings.",
                  "headline"),
        KeyFigure("Removed children for whom a mother was found", value_words(linked),
                  range_words(linked),
                  "relationship records that were closed, above all at adoption.", "coverage"),
        _near(study, model),
    )  # fmt: skip


def _near(study: StudyFacts, model: Model) -> KeyFigure:
    """Return how near the decision is to flipping: the rate used and the rate at break-even."""
    flip = where_it_flips.flip_of(model)
    rate = model.rate.shown if model.rate and model.rate.shown else "not known"
    end = (
        no_flip(study, model)
        if flip is None
        else f"; a practice breaks even at {rate_words(flip)}{_flip_range(model)}, over 4 years"
    )
    return KeyFigure("Children newly removed a year for each woman, once two were removed",
                     rate, range_words(model.rate) + end,
                     "the effect of a practice, its take-up and the unit costs stated.",
                     "rate")  # fmt: skip


def _flip_range(model: Model) -> str:
    """Return the range of the rate at break-even, in brackets; "" where it has none."""
    ends = flips_range(model.results, LEAD_VIEW) if model.results else ""
    return f" (likely range {ends})" if ends else ""


def no_flip(study: StudyFacts, model: Model) -> str:
    """Return why no break-even rate stands beside the local one, as the end of a sentence."""
    if model.results is not None and not model.stated.uncosted:
        return "; at no rate would a practice break even"
    return f"; {what_is_missing.lacking_words(study, model)}"


def beside(linkages: ReleasedTable | None, measure: str) -> str:
    """Return a headline under the linkage that does not lead, as the end of a sentence."""
    other = linkages.columns[1] if linkages and len(linkages.columns) > 1 else ""
    cell = cell_of(linkages, other, measure)
    return f"; {cell.shown} {_WITH[other]}" if cell and cell.shown else ""


def value_words(cell: ReleasedCell | None) -> str:
    """Return a key figure as shown; what is missing is said."""
    return "not known" if cell is None or not cell.shown else cell.shown


def t1_range(t1: ReleasedCell | None, at_most: ReleasedCell | None) -> str:
    """Return T1's range: from T1 to T1 with those whose care is unknown."""
    if value_of(t1) is None or value_of(at_most) is None or t1 is None or at_most is None:
        return "the range can’t be shown"
    if t1.shown == at_most.shown:
        return f"{t1.shown}, wherever children with no known home live"
    return f"{span(t1.shown, at_most.shown)}, depending on where some children live"


def at_risk_words(tiers: ReleasedTable | None) -> str:
    """Return the two groups at risk, and both together under the other counts of removals."""
    found = {row.labels[0]: row.cells[0].shown for row in tiers.rows} if tiers else {}
    told = f"T3: {found.get('T3', 'not known')}. T4: {found.get('T4', 'not known')}"
    others = [(words, total) for count, words in _COUNTING.items()
              if (total := _at_risk(tiers, count)) is not None]  # fmt: skip
    said = ", ".join(f"{total:,.0f} {words}" for words, total in others)
    return f"{told}. Together {said}" if said else told


def _at_risk(tiers: ReleasedTable | None, count: str) -> float | None:
    """Return T3 and T4 together under one count of removals; None where either is hidden."""
    parts = [value_of(cell_of_tier(tiers, tier, count)) for tier in ("T3", "T4")]
    return None if None in parts else sum(part or 0 for part in parts)


def cell_of_tier(tiers: ReleasedTable | None, tier: str, count: str) -> ReleasedCell | None:
    """Return how many women are in one tier under one count of removals."""
    if tiers is None or count not in tiers.columns:
        return None
    at = tiers.columns.index(count)
    return next((row.cells[at] for row in tiers.rows if row.labels[0] == tier), None)


def range_words(cell: ReleasedCell | None) -> str:
    """Return a figure's likely range; of "99% or more" that this is the least it can be."""
    if cell is not None and cell.hidden and cell.shown.endswith("or more"):
        return "at least that: too few are missing to say how many"
    if cell is None or not interval(cell):
        return "the range can’t be shown"
    return interval(cell)
