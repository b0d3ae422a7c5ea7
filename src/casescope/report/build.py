"""Puts the report together, section by section, in the order in which it is read."""

from dataclasses import replace

from casescope.disclosure.released import Released
from casescope.kernel.errors import NotAllowed
from casescope.report.document import Block, Document, Figure, Paragraph, Section, Table, Term
from casescope.report.edition import Edition
from casescope.report.model import Model, is_published, modelled
from casescope.report.prose import long_date
from casescope.report.sections import (
    care,
    first_page,
    glossary,
    how_soon,
    limits,
    method,
    provenance,
    public,
    quality,
    sensitivity,
    what_happened,
    what_it_would_add,
    what_they_live_with,
    who,
)
from casescope.report.study import StudyFacts

_TOO_FEW = "Too few women stand behind this to show it."
_ANNEXES = frozenset({"sensitivity", "method", "quality", "glossary", "provenance"})
_DETAILS = frozenset({
    "counts", "care-weeks", "by-age", "by-newborn", "by-decade", "interval", "rests-on",
    "table-value-ratios", "table-value-removals",
})  # fmt: skip
"""Sections (and tables) that the public edition leaves out; every other one is in both."""
_PUBLISHED_RATE = "What a practice would add rests on a published removal rate, not a local one."


def released_only(released: Released) -> Released:
    """Return it unchanged; anything that did not come from disclosure control is refused."""
    if not isinstance(released, Released):
        raise TypeError(f"a report is made from Released results, not {type(released).__name__}")
    return released


def check_publishable(released: Released, edition: Edition) -> None:
    """Refuse a public edition of figures whose rules are for council staff alone."""
    if edition is Edition.PUBLIC and not released.rules.publishable:
        raise NotAllowed(
            f"Figures under the rules “{released.rules.name}” never go into a public edition.",
            "Make it from figures that passed the study's own disclosure rules.",
        )


def document(
    released: Released,
    study: StudyFacts,
    edition: Edition = Edition.WORKING,
    model: Model | None = None,
) -> Document:
    """Return one edition of the whole report; a section leaves out what its findings don't say.

    `model` is `modelled` of the same figures and study, where it has been run already.
    """
    released_only(released)
    check_publishable(released, edition)
    sections = _sections(released, study, model or modelled(released, study))
    if edition is Edition.PUBLIC:
        sections = _public(sections, study, released)
    return Document(
        title=f"Women whose children were removed: {study.authority}",
        sentence=_sentence(study),
        byline=(
            Term("As at", long_date(study.reference_date)),
            Term("Study", study.name),
            Term("With", study.partner),
        ),
        sections=sections,
        author=study.authority,
        look=study.look,
        made_at=study.made_at,
        mark=_mark(edition.mark(released), study),
        stamp=edition.stamp(released),
        rules=released.rules.brief,
        stamped=not released.rules.publishable,
    )


def _mark(mark: str, study: StudyFacts) -> str:
    """Return the line of every page; a published rate in place of a local one is said there."""
    return f"{mark} {_PUBLISHED_RATE}" if is_published(study) else mark


def _sections(released: Released, study: StudyFacts, model: Model) -> tuple[Section, ...]:
    return (
        first_page.section(released, study, model),
        who.section(released, study),
        what_happened.section(released, study),
        care.section(released, study, model),
        how_soon.section(released),
        what_they_live_with.section(released),
        what_it_would_add.section(released, study, model),
        sensitivity.section(released),
        limits.section(released, study),
        method.section(released, study),
        quality.section(released, study),
        glossary.section(released.rules),
        provenance.section(released, study),
    )


def _public(
    sections: tuple[Section, ...], study: StudyFacts, released: Released
) -> tuple[Section, ...]:
    """Return the sections of the public edition: the same ones, shorter, and no annexes."""
    kept = (shortened(section) for section in sections if section.id not in _ANNEXES)
    return (
        *(section for section in kept if section is not None),
        public.protection(released.rules),
        glossary.section(released.rules),
        public.sources(study),
    )


def shortened(section: Section) -> Section | None:
    """Return the section without details and folded tables; one made of them goes with them."""
    blocks = tuple(block for block in section.blocks if not _left_out(block))
    left = [block for block in section.blocks if _left_out(block)]
    parts = (part for part in section.sections if part.id not in _DETAILS)
    inner = tuple(one for part in parts if (one := shortened(part)) is not None)
    if left and not inner and not any(_shows(block) for block in blocks):
        if not all(_tells_nothing(block) for block in left):
            return None
        blocks = (*blocks, Paragraph(_TOO_FEW))
    return replace(section, blocks=blocks, sections=inner)


def _left_out(block: Block) -> bool:
    return isinstance(block, Table) and (block.folded or block.id in _DETAILS)


def _tells_nothing(block: Block) -> bool:
    """Say whether a table of figures shows none of them."""
    if not isinstance(block, Table) or not block.numeric:
        return False
    return all(value is None for row in block.rows for value in row.values)


def _shows(block: Block) -> bool:
    return isinstance(block, Table | Figure)


def _sentence(study: StudyFacts) -> str:
    return (
        f"A scoping exercise by {study.authority} and {study.partner}: how many women have had "
        "more than one child removed from their care, what they live with, how often it happens "
        "again, and how sure we can be."
    )
