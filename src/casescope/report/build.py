"""Puts the report together, section by section, in the order in which it is read."""

from casescope.disclosure.released import Released
from casescope.report.document import Document, Term
from casescope.report.model import is_published, modelled
from casescope.report.prose import long_date
from casescope.report.sections import (
    care,
    first_page,
    glossary,
    how_soon,
    limits,
    method,
    provenance,
    quality,
    sensitivity,
    what_happened,
    what_it_would_add,
    what_they_live_with,
    who,
)
from casescope.report.study import StudyFacts

_MARKS = {"working": "Working copy. Not for publication."}
_PUBLISHED_RATE = "What a practice would add rests on a published removal rate, not a local one."


def released_only(released: Released) -> Released:
    """Return it unchanged; anything that did not come from disclosure control is refused."""
    if not isinstance(released, Released):
        raise TypeError(f"a report is made from Released results, not {type(released).__name__}")
    return released


def document(released: Released, study: StudyFacts) -> Document:
    """Return the whole report; each section leaves out what its findings do not say."""
    released_only(released)
    model = modelled(released, study)
    return Document(
        title=f"Women whose children were removed: {study.authority}",
        sentence=_sentence(study),
        byline=(
            Term("As at", long_date(study.reference_date)),
            Term("Study", study.name),
            Term("With", study.partner),
        ),
        sections=(
            first_page.section(released, study, model),
            who.section(released, study),
            what_happened.section(released, study),
            care.section(released),
            how_soon.section(released),
            what_they_live_with.section(released),
            what_it_would_add.section(released, study, model),
            sensitivity.section(released),
            limits.section(released, study),
            method.section(released, study),
            quality.section(released, study),
            glossary.section(),
            provenance.section(released, study),
        ),
        mark=_mark(released, study),
    )


def _mark(released: Released, study: StudyFacts) -> str:
    """Return the line of every page; a published rate in place of a local one is said there."""
    said = _MARKS.get(released.audience, "")
    return f"{said} {_PUBLISHED_RATE}".strip() if is_published(study) else said


def _sentence(study: StudyFacts) -> str:
    return (
        f"A scoping exercise by {study.authority} and {study.partner}: how many women have had "
        "more than one child removed from their care, what they live with, how often it happens "
        "again, and how sure we can be."
    )
