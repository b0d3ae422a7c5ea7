"""Puts the partner's edition together, section by section, from released figures and the package.

It is made of a dataset told in bands, in which some women are left out, and says so first.
"""

from datetime import UTC, date, datetime, time

from casescope.disclosure.released import Released
from casescope.kernel.errors import NotAllowed
from casescope.report.build import released_only
from casescope.report.document import Document, Term
from casescope.report.partner import sections
from casescope.report.partner.package_facts import PackageFacts
from casescope.report.prose import long_date


def document(released: Released, package: PackageFacts, *, today: date) -> Document:
    """Return the partner's edition; figures under the rules for council staff are refused."""
    released_only(released)
    if not released.rules.publishable:
        raise NotAllowed(
            f"Figures under the rules “{released.rules.name}” are for council staff alone.",
            "Use the rules that the package names.",
        )
    authority = package.authority or "the authority"
    return Document(
        title=f"What the shared dataset says: {package.study or 'scoping study'}",
        sentence=(
            f"Made by {package.partner or 'the partner'} from the dataset that {authority} shared "
            "for this study. The authority’s own report is made of the full records, and is what "
            "counts."
        ),
        byline=(
            Term("As at", package.reference_period or "not stated"),
            Term("Package", f"version {package.version or 'not stated'}"),
            Term("To be destroyed after", written_date(package.ends_on)),
        ),
        sections=sections.all_of(released, package),
        author=package.partner or "Partner",
        made_at=datetime.combine(today, time(), UTC),
        mark=(
            f"Partner’s edition, from data shared by {authority} under agreement. "
            "Not for publication."
        ),
        stamp="Partner’s edition",
        rules=released.rules.brief,
    )


def written_date(text: str) -> str:
    """Return a date of the manifest as the report writes dates; other words as they are."""
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text or "not stated"
