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

    @property
    def keeps(self) -> bool:
        """Say whether it keeps rows now, of a study that has ended."""
        return self.is_open and self.rows is not None


def in_force(holds: Iterable[Hold], today: date) -> tuple[Hold, ...]:
    """Return the holds that an ending on this day must keep rows for."""
    return tuple(one for one in holds if one.is_open and one.until >= today)


def overdue(holds: Iterable[Hold], today: date) -> str:
    """Return one line on holds that still keep rows though their day has passed; else nothing."""
    late = [one.hold_id for one in holds if one.keeps and one.until < today]
    if not late:
        return ""
    days, rows = ("days", "their") if late[1:] else ("day", "its")
    return (
        f"The {days} of hold {' and '.join(late)} passed, and {rows} rows are still kept: end what "
        "is settled (casescope hold HOME --end ID --reason TEXT), prolong what is not (--prolong)."
    )


def check_readable(hold: Hold, today: date) -> None:
    """Refuse to read a hold that keeps nothing, or whose day has passed."""
    if not hold.keeps:
        raise NotAllowed(
            f"Hold {hold.hold_id} keeps nothing: the study has not ended, or the hold has.",
            "casescope hold HOME says how each hold stands.",
        )
    if hold.until < today:
        raise NotAllowed(
            f"The day of hold {hold.hold_id}, {hold.until}, has passed: what it keeps is not read "
            "any more.",
            f"End it (casescope hold HOME --end {hold.hold_id} --reason TEXT); or, if what it is "
            f"for is still open, say until when (--prolong {hold.hold_id} --until DAY).",
        )


def check_prolonged(hold: Hold, until: date, today: date, *, has_ended: bool) -> None:
    """Refuse a later day for a hold that was ended or missed the study's end, or one not later."""
    if not hold.is_open:
        raise NotAllowed(f"Hold {hold.hold_id} was ended already, on {hold.ended_on}.")
    if has_ended and not hold.keeps:
        raise NotAllowed(
            f"Hold {hold.hold_id} keeps nothing: its day had passed when the study ended.",
            f"End it: casescope hold HOME --end {hold.hold_id} --reason TEXT",
        )
    if until <= max(hold.until, today):
        raise NotAllowed(
            f"Hold {hold.hold_id} lasts until {hold.until}; its new day must lie after that, and "
            "after today.",
            "Give the day by which the request, complaint or breach will be settled.",
        )


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
