"""What the first page says can't be known, what would have to be known, and what happens next."""

from casescope.disclosure.released import Released
from casescope.report.document import Callout, Paragraph, Points
from casescope.report.model import Model
from casescope.report.prose import first_upper, listed, long_date
from casescope.report.reading import cell_of, table_of, value_of
from casescope.report.sections.value_words import COST, COUNTED, INPUT
from casescope.report.study import StudyFacts

_MOST = 2
"""How many inputs are named as those that move the answer most."""


def callouts(released: Released, study: StudyFacts, model: Model) -> tuple[Callout, ...]:
    """Return the three lists, in the order in which the first page has them."""
    return (
        Callout("What we would need to know", (Points(needed(released, model)),)),
        Callout("What we can’t know from records", (Points(_unknown(study)),)),
        Callout("What happens next", (Points(_next(study), ordered=True),)),
    )


def needed(released: Released, model: Model) -> tuple[Paragraph, ...]:
    """Return what would make the answer surer, what moves it most first."""
    found = (_moves(model), _unstated(model), _uncosted(model), _homes(released), _LINKS)
    return tuple(Paragraph(text) for text in found if text)


def first(released: Released, model: Model) -> str:
    """Return the first of what would make the answer surer."""
    return needed(released, model)[0].text


def _it(names: list[str]) -> str:
    return "it" if len(names) == 1 else "them"


_LINKS = "How many mothers and children are not linked yet, judged on a sample of records."


def _moves(model: Model) -> str:
    """Return the inputs that move the answer most when they run through their ranges."""
    moved = [one for one in model.results.moved if one.swing > 0] if model.results else []
    if not moved:
        return ""
    names = listed([INPUT[one.name].lower() for one in moved[:_MOST]])
    verb = "this moves" if len(moved) == 1 else "these move"
    return f"{first_upper(names)}: of all that is unsure, {verb} the answer most."


def _unstated(model: Model) -> str:
    names = [INPUT[name].lower() for name in model.stated.missing if name not in COUNTED]
    told = f"{first_upper(listed(names))}: nobody has stated {_it(names)} yet." if names else ""
    if "pathways" not in model.stated.missing:
        return told
    return (
        f"{told} {INPUT['pathways']}: too few records show it, and the study states none.".strip()
    )


def _uncosted(model: Model) -> str:
    names = listed([COST[name] for name in model.stated.uncosted])
    return f"What this council pays for {names}." if names else ""


def _homes(released: Released) -> str:
    """Return how far children whose home is not known could move T1; nothing where they can't."""
    headline = table_of(released, "headline")
    least = cell_of(headline, "Number", "Women in T1")
    most = cell_of(headline, "At most", "Women in T1")
    if least is None or most is None or value_of(least) is None or value_of(most) is None:
        return "Where children with no known home live now."
    if least.shown == most.shown:
        return ""
    return (f"Where some children live now: T1 would grow from {least.shown} women to as many as "
            f"{most.shown}.")  # fmt: skip


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
