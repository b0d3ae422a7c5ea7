"""One tree of refusals that a person can act on; anything else that escapes is a fault of ours.

A sentence names the file, row and column, never a value: refusals reach screens and logs.
"""

from typing import ClassVar


class UserError(Exception):
    """A named refusal: one sentence on what is wrong, one on what to do, and a stable exit code."""

    exit_code: ClassVar[int] = 3

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


class InputRefused(UserError):
    """An extract, or a file in it, cannot be read as it is; the previous layer stands."""

    exit_code = 10


class StudyFileRefused(UserError):
    """study.toml says something that casescope cannot hold to."""

    exit_code = 11


class FiguresDisagree(UserError):
    """Published figures contradict each other, so nothing can be worked out from them."""

    exit_code = 12


class NotAllowed(UserError):
    """The gate said no: the stage, the date, the role or a missing reason forbids it."""

    exit_code = 20


class NotFound(UserError):
    """There is no such study, person, layer or file."""

    exit_code = 21


class VaultRefused(UserError):
    """A layer cannot be opened or written: wrong key, damage, or a folder that can't be written."""

    exit_code = 30


class Busy(UserError):
    """Another process is writing to this study."""

    exit_code = 31


class GivenAway(UserError):
    """An audit was done, and found counts that published figures give away."""

    exit_code = 60


class BelowFloor(UserError):
    """A dataset to be shared person by person tells of some people more than the study allows."""

    exit_code = 62


class LedgerBroken(UserError):
    """The ledger no longer proves what was done."""

    exit_code = 40


class LedgerUnshown(LedgerBroken):
    """A message does not show that its sender's ledger only grew, and does not deny it either."""

    exit_code = 41


class SignatureRefused(UserError):
    """A signed file, or a file that one vouches for, is not what was signed."""

    exit_code = 42


class LeaseRefused(UserError):
    """No lease is given, or one has ended: without the authority's consent nothing opens."""

    exit_code = 63


class LeakFound(UserError):
    """What was to be sealed holds something by which a person is known in the vault."""

    exit_code = 64


class PlaceRefused(UserError):
    """A place where data would lie is not one that the study declares, or may be outside the UK."""

    exit_code = 65


class NotBuiltYet(UserError):
    """A documented choice that this version does not offer, said plainly."""

    exit_code = 50


def one_of(words: tuple[str, ...], nearest_to: str) -> str:
    """Return the word of `words` nearest in spelling, for "did you mean"; empty if none is near."""
    from difflib import get_close_matches  # slow to import, needed only when something is wrong

    return next(iter(get_close_matches(nearest_to, words, n=1, cutoff=0.6)), "")
