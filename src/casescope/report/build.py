"""Puts the report together, section by section, in the order in which it is read."""

from casescope.disclosure.released import Released
from casescope.report.document import Document, Term
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
    what_they_live_with,
    who,
)
from casescope.report.study import StudyFacts

_MARKS = {"working": "Working copy. Not for publication."}


def released_only(released: Released) -> Released:
    """Return it unchanged; anything that did not come from disclosure control is refused."""
    if not isinstance(released, Released):
        raise TypeError(f"a report is made from Released results, not {type(released).__name__}")
    return released


def document(released: Released, study: StudyFacts) -> Document:
    """Return the whole report; each section leaves out what its findings do not say."""
    released_only(released)
    return Document(
        title=f"Women whose children were removed: {study.authority}",
        sentence=_sentence(study),
        byline=(
            Term("As at", long_date(study.reference_date)),
            Term("Study", study.name),
            Term("With", study.partner),
        ),
        sections=(
            first_page.section(released, study),
            who.section(released, study),
            what_happened.section(released, study),
            care.section(released),
            how_soon.section(released),
            what_they_live_with.section(released),
            sensitivity.section(released),
            limits.section(released, study),
            method.section(released, study),
            quality.section(released, study),
            glossary.section(),
            provenance.section(released, study),
        ),
        mark=_MARKS.get(released.audience, ""),
    )


def _sentence(study: StudyFacts) -> str:
    return (
        f"A scoping exercise by {study.authority} and {study.partner}: how many women have had "
        "more than one child removed from their care, what they live with, how often it happens "
        "again, and how sure we can be."
    )
