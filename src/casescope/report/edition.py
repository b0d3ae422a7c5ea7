"""The two editions of a report: which one is written for whom, and how each is marked."""

from enum import Enum


class Edition(Enum):
    """The working edition is for council staff; the public one for anybody, once released."""

    WORKING = "working"
    PUBLIC = "public"

    @property
    def mark(self) -> str:
        """Return the words that stand on every page and sheet."""
        return _MARKS[self]


SMALL_COUNTS = (
    "Small counts, for council staff who hold the records only. Exempt from publication: this must "
    "not leave the council."
)
"""The mark of a working edition that shows them."""

_MARKS = {
    Edition.WORKING: "Working edition, for council staff only. Exempt from publication.",
    Edition.PUBLIC: "Draft: not yet released",
}
"""The public edition keeps its mark until two people can release it; that is not built yet."""
