"""Holds: the rows of one person kept beyond the end, on one of three grounds, until a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from casescope.kernel.errors import NotAllowed


class Ground(Enum):
    """Why somebody's rows may outlive the study."""

    RIGHTS = "rights"
    COMPLAINT = "complaint"
    BREACH = "breach"

    @property
    def words(self) -> str:
        """Return the ground as a sentence has it."""
        return _WORDS[self]


_WORDS = {
    Ground.RIGHTS: "a request about her rights that is still open",
    Ground.COMPLAINT: "a complaint that is still open",
    Ground.BREACH: "a breach that is still being looked into",
}


@dataclass(frozen=True)
class Hold:
    """One hold; `subjects` are the random ids of her records.

    `rows` and `sha256` are of the file that keeps her rows, known once the study has ended (None
    and empty before); `ended_on` when it was ended, and what it kept destroyed.
    """

    hold_id: str
    subjects: tuple[str, ...]
    ground: Ground
    until: date
    reason: str
    by: str
    on: date
    rows: int | None = None
    sha256: str = ""
    ended_on: date | None = None
    ended_by: str = ""
    ended_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether it was not ended yet, past its day or not."""
        return self.ended_on is None


def in_force(holds: Iterable[Hold], today: date) -> tuple[Hold, ...]:
    """Return the holds that an ending on this day must keep rows for."""
    return tuple(one for one in holds if one.is_open and one.until >= today)


def next_id(holds: Iterable[Hold]) -> str:
    """Return the id of the next hold of a study."""
    return f"H{len(tuple(holds)) + 1}"


def check_new(subjects: Iterable[str], until: date, today: date, holds: Iterable[Hold]) -> None:
    """Refuse a hold that has no days before it, or whose person is held already."""
    if until <= today:
        raise NotAllowed(
            "A hold keeps nothing unless its day lies after today.",
            "Give the day by which the request, complaint or breach will be settled.",
        )
    named = set(subjects)
    for one in in_force(holds, today):
        if named & set(one.subjects):
            raise NotAllowed(
                f"Hold {one.hold_id} keeps this person's rows already, until {one.until}.",
                f"End it first: casescope hold HOME --end {one.hold_id} --reason TEXT.",
            )
