"""The first page: four figures, one chart, what we can't know, what happens next."""

from dataclasses import replace

from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
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
from casescope.report.prose import interval, long_date, span
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections import (
    how_soon,
    practice_size,
    together,
    what_it_would_add,
    what_they_live_with,
)
from casescope.report.sections.limits import coverage_cell, no_mothers
from casescope.report.study import StudyFacts

_OPEN_QUESTION = (
    "Would a practice be worth it here? That depends above all on how many removals would follow "
    "without one. Published figures for that differ almost threefold: from 0.20 to 0.53 removals a "
    "year for each woman (worked out from two of Pause’s own statements). Within that range the "
    "answer can change."
)


def section(released: Released, study: StudyFacts, model: Model) -> Section:
    """Return the first page."""
    return Section(
        id="first",
        title="The main findings",
        short="The main findings",
        blocks=Shelf()
        .put(
            no_mothers(released.facts),
            KeyFigures(key_figures(released, study, model)),
            chart(released, study, model),
            Points(_also(released)),
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


def chart(released: Released, study: StudyFacts, model: Model) -> Figure | None:
    """Return the decision chart; where it can't be drawn, T1 beside the size of a practice."""
    tiers, found = table_of(released, "tiers"), None
    if model.results is not None:
        found = what_it_would_add.decision_figure(study, model, model.results)
    elif tiers is not None:
        found = practice_size.practice_figure(tiers)
    if found is None:
        return None
    behind = replace(found.table, id="figure-first-table", caption="The figures of this chart")
    return replace(found, id="figure-first", table=behind)


def _also(released: Released) -> tuple[Paragraph, ...]:
    """Return what the women live with and how soon it happens again, as their sections say it."""
    titles = (
        ("How soon again:", how_soon.title_of(table_of(released, "recurrence_at"))),
        (
            "What they live with:",
            what_they_live_with.title_of(table_of(released, what_they_live_with.LEAD)),
        ),
        ("Together:", together.title_of(table_of(released, "issues_together"))),
    )
    return tuple(Paragraph(f"{title}.", lead=lead) for lead, title in titles)


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
        KeyFigure("Women at risk (T3 and T4)",
                  value_words(cell_of(headline, "Number", "Women at risk (T3 and T4)")),
                  at_risk_words(tiers),
                  "records that a second child was removed, or of new plans and proceedings.",
                  "headline"),
        KeyFigure("Removed children for whom a mother was found", value_words(linked),
                  range_words(linked),
                  "relationship records that were closed, above all at adoption.", "coverage"),
        _near(study, model),
    )  # fmt: skip


def _near(study: StudyFacts, model: Model) -> KeyFigure:
    """Return how near the decision is to flipping: the rate used and the rate at break-even."""
    flip = what_it_would_add.flip_of(model)
    rate = model.rate.shown if model.rate and model.rate.shown else "not known"
    end = (
        no_flip(study, model)
        if flip is None
        else f"; a practice breaks even at {flip:.2f} over 4 years"
    )
    return KeyFigure("Children newly removed for each woman-year, once two were removed",
                     rate, range_words(model.rate) + end,
                     "the effect of a practice, its take-up and the unit costs stated.",
                     "rate")  # fmt: skip


def no_flip(study: StudyFacts, model: Model) -> str:
    """Return why no break-even rate stands beside the local one, as the end of a sentence."""
    if model.results is not None and not model.stated.uncosted:
        return "; at no rate would a practice break even"
    return f"; {what_it_would_add.lacking_words(study, model)}"


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
