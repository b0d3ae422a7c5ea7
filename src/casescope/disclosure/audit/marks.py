"""What stands under count: a number, or a mark of the field, and what a reader can infer of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from casescope.disclosure.audit.figures import Standing
from casescope.disclosure.pack import RulePack


@dataclass(frozen=True)
class Read:
    """What a reader infers of one count; `least` and `most` as of a Figure."""

    least: int
    most: int | None
    standing: Standing


class Reading(Protocol):
    """How numbers and marks are to be understood."""

    def number(self, value: int) -> Read:
        """Return what a printed number says; raise ValueError where it can't be printed."""

    def hidden(self) -> Read:
        """Return what a mark for a small count says."""

    def low(self) -> Read:
        """Return what a mark for a count that rounds to 0 says."""

    def least_hidden(self) -> int:
        """Return the least count that "7 or fewer" may stand for."""


class AsPrinted:
    """Numbers are exact; a hidden count may be anything from 0 up."""

    def number(self, value: int) -> Read:
        """Return the number itself."""
        return Read(value, value, "shown")

    def hidden(self) -> Read:
        """Return anything."""
        return Read(0, None, "hidden")

    def low(self) -> Read:
        """Return 1 to 4: `k` is a count that rounds to 0 where others are rounded to 10."""
        return Read(1, 4, "shown")

    def least_hidden(self) -> int:
        """Return 0."""
        return 0


class ByPack:
    """Numbers and marks mean what a rule pack makes of true counts."""

    def __init__(self, pack: RulePack) -> None:
        self._pack = pack

    def number(self, value: int) -> Read:
        """Return the counts that the pack shows as this number."""
        return Read(*self._pack.behind(value), "shown")

    def hidden(self) -> Read:
        """Return what the pack's hidden cells may hold."""
        return Read(*self._pack.behind_hidden(), "hidden")

    def low(self) -> Read:
        """Return what rounds to 0 by the pack, or by its rule for the whole country."""
        base = self._pack.national_round_to or self._pack.round_to
        return Read(1, max(1, (base - 1) // 2), "shown")

    def least_hidden(self) -> int:
        """Return 1 where the pack shows 0, else 0."""
        return 1 if self._pack.zero_shown else 0


_HIDDEN = frozenset({"c", "*", "[c]", "[redacted]", "redacted", "suppressed", "s", "[s]"})
_WITHHELD = frozenset({"withheld", "x", "[x]", ":", "[:]", "..", "n/a", "na"})
"""Not printed, and no sign that it is small: withheld, or not available."""
_NOT_APPLICABLE = frozenset({"z", "[z]"})
_LOW = frozenset({"k", "[k]", "low", "[low]"})

KNOWN_MARKS = "c, *, [c], [REDACTED], withheld, x, z, k, <8, ≤7, 7 or fewer, 1-7"

_AT_MOST = re.compile(r"(?:≤|<=)\s*(\d+)|(\d+) or (?:fewer|less)|up to (\d+)")
_BELOW = re.compile(r"(?:<|fewer than|less than|under)\s*(\d+)")
_AT_LEAST = re.compile(r"(?:≥|>=)\s*(\d+)|(\d+) or more|(\d+)\+")
_BETWEEN = re.compile(r"(\d+)\s*(?:-|–|to)\s*(\d+)")
_NUMBER = re.compile(r"(\d+|\d{1,3}(?:[, \u00a0\u202f]\d{3})+)(?:\.0+)?")
_SIGNED = re.compile(r"[-−]\s*[\d,. ]+")
_FRACTION = re.compile(r"[\d,]*\.\d+")


class NotACount(ValueError):
    """What stands there cannot be a count; the message says why, and quotes nothing."""


def read(text: str, reading: Reading) -> Read:
    """Return what a count says; raise NotACount."""
    said = text.strip().casefold()
    number = printed_number(said)
    if number is not None:
        return _number(number, reading)
    for marks, meaning in _meanings(reading):
        if said in marks:
            return meaning()
    found = _ranged(said, reading)
    if found is None:
        raise NotACount(_why(said))
    return found


def printed_number(text: str) -> int | None:
    """Return the whole number that is printed; None where something else is."""
    found = _NUMBER.fullmatch(text.strip())
    return None if found is None else int(re.sub(r"\D", "", found[1]))


def _number(value: int, reading: Reading) -> Read:
    try:
        return reading.number(value)
    except ValueError:
        raise NotACount("a number that these rules never show") from None


def _meanings(reading: Reading) -> tuple[tuple[frozenset[str], Callable[[], Read]], ...]:
    return (
        (_HIDDEN, reading.hidden),
        (_WITHHELD, lambda: Read(0, None, "withheld")),
        (_NOT_APPLICABLE, lambda: Read(0, 0, "shown")),
        (_LOW, reading.low),
    )


def _ranged(said: str, reading: Reading) -> Read | None:
    if match := _AT_MOST.fullmatch(said):
        return Read(reading.least_hidden(), _first(match), "hidden")
    if match := _BELOW.fullmatch(said):
        return Read(reading.least_hidden(), _first(match) - 1, "hidden")
    if match := _AT_LEAST.fullmatch(said):
        return Read(_first(match), None, "shown")
    if match := _BETWEEN.fullmatch(said):
        return Read(int(match[1]), int(match[2]), "hidden")
    return None


def _first(match: re.Match[str]) -> int:
    return int(next(one for one in match.groups() if one is not None))


def _why(said: str) -> str:
    if not said:
        return "nothing"
    if _SIGNED.fullmatch(said):
        return "a count below nothing"
    if _FRACTION.fullmatch(said):
        return "a fraction of a person"
    return "a mark that is not known"
