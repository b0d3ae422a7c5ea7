"""The first page: four figures, one chart, what we can't know, what happens next."""

from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.report.charts.kinds import Band, Bar, Intervals
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
from casescope.report.figures import figure
from casescope.report.model import Model
from casescope.report.prose import interval, long_date, span
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections import what_it_would_add
from casescope.report.sections.limits import coverage_cell, no_mothers
from casescope.report.study import StudyFacts

PRACTICE = Band("One practice works with 21 to 24 women", 21, 24)
"""Three practitioners with 7 or 8 women each (Bristol Health and Wellbeing Board minutes)."""

_FURTHER = "Further removal within 5 years"
_COUNTS = (
    ("Broad", "Broad: every removal"),
    ("Strict", "Strict: court or emergency only"),
    ("Wide", "Wide: and moves by order without care"),
)
_OPEN_QUESTION = (
    "Would a practice be worth it here? That depends above all on how many removals would follow "
    "without one. Published figures for that differ almost threefold: from 0.20 to 0.53 removals a "
    "year for each woman (worked out from two of Pause’s own statements). Within that range the "
    "answer can change."
)


def section(released: Released, study: StudyFacts, model: Model) -> Section:
    """Return the first page."""
    tiers = table_of(released, "tiers")
    return Section(
        id="first",
        title="The main findings",
        short="The main findings",
        blocks=Shelf()
        .put(
            no_mothers(released.facts),
            KeyFigures(key_figures(released)),
            decision_figure(tiers) if tiers else None,
            Paragraph("Not every woman in T1 would want, or could have, such support. In published "
                      "studies the group was four to six times the size of the practice."),
            decision(study, model),
            Callout("What we can’t know from records", (Points(_unknown(study)),)),
            Callout("What happens next", (Points(_next(study), ordered=True),)),
        )
        .all(),
    )  # fmt: skip


def decision(study: StudyFacts, model: Model) -> Callout:
    """Return where the answer flips, or what the study would have to state for it."""
    if model.results is None:
        told = what_it_would_add.condition_words(study, model)
        return Callout("The question this study can’t answer yet",
                       (Paragraph(_OPEN_QUESTION), Paragraph(told)))  # fmt: skip
    told = what_it_would_add.flip_words(study, model, model.results)
    return Callout(
        "Where the answer flips",
        (Paragraph(_OPEN_QUESTION),
         Paragraph(f"{told} This rests on assumptions that nobody has measured: see the section on "
                   "what a practice would add.")),
    )  # fmt: skip


def key_figures(released: Released) -> tuple[KeyFigure, ...]:
    """Return the four figures of the first page; a hidden one says so."""
    headline, tiers = table_of(released, "headline"), table_of(released, "tiers")
    linkages = table_of(released, "headline_by_linkage")
    again = cell_of(table_of(released, "recurrence_at"), "Strict", "5")
    linked = coverage_cell(table_of(released, "coverage"))
    t1 = cell_of(headline, "Number", "Women in T1")
    return (
        KeyFigure("Women with two or more children removed, and none in their care (T1)",
                  value_words(t1),
                  t1_range(t1, cell_of(headline, "At most", "Women in T1"))
                  + beside(linkages, "T1"),
                  "finding out where some children live now, and finding more mothers.",
                  "headline"),
        KeyFigure("Women at risk (T3 and T4)",
                  value_words(cell_of(headline, "Number", "Women at risk (T3 and T4)")),
                  at_risk_words(tiers),
                  "records that a second child was removed, or of new plans and proceedings.",
                  "headline"),
        KeyFigure("Removed children for whom a mother was found", value_words(linked),
                  range_words(linked),
                  "relationship records that were closed, above all at adoption.", "coverage"),
        KeyFigure("Women with a further removal within 5 years (strict count)",
                  value_words(again),
                  range_words(again) + beside(linkages, f"{_FURTHER}, strict count"),
                  "links that were missed, and women who moved away: both make it too low.",
                  "recurrence_at"),
    )  # fmt: skip


def beside(linkages: ReleasedTable | None, measure: str) -> str:
    """Return a headline under the linkage that does not lead, as the end of a sentence."""
    other = linkages.columns[1] if linkages and len(linkages.columns) > 1 else ""
    cell = cell_of(linkages, other, measure)
    return f"; under {other.lower()}: {cell.shown}" if cell and cell.shown else ""


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
    """Return the two groups at risk."""
    found = {row.labels[0]: row.cells[0].shown for row in tiers.rows} if tiers else {}
    return f"T3: {found.get('T3', 'not known')}. T4: {found.get('T4', 'not known')}"


def range_words(cell: ReleasedCell | None) -> str:
    """Return a figure's likely range."""
    if cell is None or not interval(cell):
        return "the range can’t be shown"
    return interval(cell)


def decision_figure(tiers: ReleasedTable) -> Figure | None:
    """Return T1 under each count, beside the size of one practice; none if all are hidden."""
    bars = tuple(t1_bar(tiers, column, words) for column, words in _COUNTS)
    chart = Intervals(bars, band=PRACTICE)
    made = figure(tiers, decision_title(bars), decision_alt(bars), chart)
    return made if isinstance(made, Figure) else None


def t1_bar(tiers: ReleasedTable, column: str, words: str) -> Bar:
    """Return T1 under one count, as a range up to T1 with those whose care is unknown."""
    at = tiers.columns.index(column)
    found = {row.labels[0]: row.cells[at] for row in tiers.rows}
    least, most = found.get("T1"), found.get("T1 at most")
    if least is None or least.hidden or least.value is None:
        return Bar(words, None, least.shown if least else "not known")
    upper = value_of(most)
    shown = span(least.shown, most.shown) if most and upper is not None else least.shown
    return Bar(words, least.value, shown, least.value, upper or least.value)


def decision_title(bars: tuple[Bar, ...]) -> str:
    """Return the title: the size of T1 (broad) against one practice of 24 women."""
    value = bars[0].value if bars else None
    if value is None:
        return "T1 is too small to show"
    if value < PRACTICE.lower:
        return "T1 is smaller than one practice"
    times = int(value // PRACTICE.upper)
    if times < 2:
        return "T1 is less than twice the size of one practice"
    return f"T1 is at least {times} times one practice’s size"


def decision_alt(bars: tuple[Bar, ...]) -> str:
    """Return the chart in words: T1 under each count, and the size of one practice."""
    said = "; ".join(f"{bar.label}: {bar.shown}" for bar in bars)
    return f"Women in T1 under three counts of removals. {said}. {PRACTICE.label}."


def _unknown(study: StudyFacts) -> tuple[Paragraph, ...]:
    points = [
        Paragraph("How many mothers were never linked to their children."),
        Paragraph("Removals by other councils, or before the records begin."),
        Paragraph("What nobody wrote down. A blank is not a no."),
    ]
    if not study.wide_inputs:
        points.append(Paragraph("Children who went straight to family by an order: those files "
                                "were not given."))  # fmt: skip
    return tuple(points)


def _next(study: StudyFacts) -> tuple[Paragraph, ...]:
    return (
        *_objections(study),
        Paragraph(f"{study.authority} and {study.partner} talk these findings through, with people "
                  "who know the records, before anything is decided."),
        Paragraph("Getting in touch with any woman is not part of this study. It would need its "
                  "own decision and its own legal basis."),
    )  # fmt: skip


def _objections(study: StudyFacts) -> tuple[Paragraph, ...]:
    if study.objection_ends is None:
        return ()
    ends = long_date(study.objection_ends)
    if study.objections_open:
        told = f"Women can object to being included until {ends}. These figures may still change."
    else:
        told = f"The time set for objections ended on {ends}. A woman can still ask to be left out."
    return (Paragraph(told),)
