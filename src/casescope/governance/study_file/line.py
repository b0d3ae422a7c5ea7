"""What a line of study.toml is, and how the commonest kinds of value are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from casescope.governance.study_file.parameters import Bounds

Value = str | int | float | date | tuple[str, ...] | tuple[float, ...] | None
"""What a line of study.toml can hold once read."""


_REVIEWER = re.compile(r"\S.* [0-9a-f]{4}(-[0-9a-f]{4}){7}")


class FaultError(Exception):
    """What is wrong with one value; the reader puts the line's name before it."""


@dataclass(frozen=True)
class Field:
    """One line of study.toml.

    `governed` lines may not change after approval without a new approval; `loose` ones are also
    found at the top of the file or in another table; `example` is shown, commented out, where
    there is no default. A `later` line came when studies had been approved without it: at its
    default it leaves the digest of an approval as it was.
    """

    table: str
    name: str
    meaning: str
    read: Callable[[object], Value]
    default: Value = None
    required: bool = False
    governed: bool = True
    loose: bool = False
    example: str = ""
    later: bool = False


def text(value: object) -> str:
    """Return a text on one line."""
    if not isinstance(value, str):
        raise FaultError('must be text in quotes, like "Pause"')
    return " ".join(value.split())


def names(value: object) -> tuple[str, ...]:
    """Return a list of names, none of them empty."""
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise FaultError('must be a list of names, like ["a.analyst"]')
    if not all(name.strip() for name in value):
        raise FaultError("has an empty name in its list")
    return tuple(name.strip() for name in value)


def reviewers(value: object) -> tuple[str, ...]:
    """Return user names, each with the fingerprint of its key; no name and no key twice."""
    try:
        lines = tuple(" ".join(line.split()) for line in names(value))
    except FaultError:
        lines = ("",)
    if not all(_REVIEWER.fullmatch(line) for line in lines):
        raise FaultError("must be a list of user names, each with the fingerprint that casescope "
                         'release key printed, like ["r.reviewer 1f3c-…"]')  # fmt: skip
    parts = [line.rsplit(" ", 1) for line in lines]
    if any(len({part[which] for part in parts}) < len(lines) for which in (0, 1)):
        raise FaultError("has a name or a key twice: reviewers are different people")
    return lines


def day(value: object) -> date:
    """Return a day."""
    if type(value) is date:  # a TOML time stamp is a date to isinstance, but not a day
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise FaultError("must be a day, like 2026-10-31")


def whole(least: int, most: int) -> Callable[[object], int]:
    """Return the reader of whole numbers between two bounds."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise FaultError("must be a whole number without quotes")
        if not least <= value <= most:
            raise FaultError(f"must lie between {least} and {most}")
        return value

    return read


def share(least: float, most: float) -> Callable[[object], float]:
    """Return the reader of numbers between two bounds."""

    def read(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise FaultError("must be a number without quotes, like 0.95")
        if not least <= value <= most:
            raise FaultError(f"must lie between {least} and {most}")
        return float(value)

    return read


def number(bounds: Bounds) -> Callable[[object], float]:
    """Return the reader of a parameter with these bounds."""
    if bounds.share:
        return share(bounds.least, bounds.most)
    return whole(int(bounds.least), int(bounds.most))


def choice(built: tuple[str, ...], planned: tuple[str, ...] = ()) -> Callable[[object], str]:
    """Return the reader of one of some words; planned ones are refused as not built yet."""
    words = " or ".join(built)

    def read(value: object) -> str:
        if value in planned:
            raise FaultError(f"is not built yet with that choice; this version has {words}")
        if not isinstance(value, str) or value not in built:
            raise FaultError(f"must be {words}")
        return value

    return read
