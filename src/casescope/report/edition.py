"""The two editions of a report: which one is written for whom, and how each is marked."""

from enum import Enum

from casescope.disclosure.released import Released
from casescope.report.prose import long_date


class Edition(Enum):
    """The working edition is for council staff; the public one for anybody, once released."""

    WORKING = "working"
    PUBLIC = "public"

    def mark(self, released: Released) -> str:
        """Return the words that stand on every page and sheet.

        The public edition is a draft until two people have let its figures out.
        """
        if self is Edition.PUBLIC and released.audience == "public":
            return f"Public edition, released on {long_date(released.released_on)}."
        return _MARKS[self] if released.rules.publishable else SMALL_COUNTS

    def stamp(self, released: Released) -> str:
        """Return what lies across every page on paper: how far it may travel, nothing once out."""
        if self is Edition.PUBLIC and released.audience == "public":
            return ""
        if not released.rules.publishable:
            return "Small counts"
        return "Draft" if self is Edition.PUBLIC else "Working edition"


SMALL_COUNTS = (
    "Small counts, for council staff who hold the records only. Exempt from publication: this must "
    "not leave the council."
)
"""The mark of a working edition that shows them."""

_MARKS = {
    Edition.WORKING: "Working edition, for council staff only. Exempt from publication.",
    Edition.PUBLIC: "Draft: not yet released",
}
