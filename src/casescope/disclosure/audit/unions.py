"""`groups.csv`: categories that are unions of others, and categories that nobody published."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casescope.disclosure.audit.classes import members
from casescope.disclosure.audit.figures import Groups
from casescope.disclosure.audit.sheet import read_rows
from casescope.kernel.errors import InputRefused

GROUPS = "groups.csv"
_HEADER = ["dimension", "group", "member"]


@dataclass(frozen=True)
class Unions:
    """What groups.csv says: unions, lone categories, and the hash of the file if there is one."""

    groups: Groups
    more: Mapping[str, frozenset[str]]
    sha256: Mapping[str, str]


def read_unions(file: Path) -> Unions:
    """Read rows of dimension, group and member; an empty group says that a category exists."""
    if not file.is_file():
        return Unions({}, {}, {})
    rows, sha256 = read_rows(file, GROUPS)
    if [one.strip().casefold() for one in rows[0][1]] != _HEADER:
        raise InputRefused(f"The columns of {GROUPS} are not {', '.join(_HEADER)}.",
                           "Give one row for each category that a union is made of.")  # fmt: skip
    unions: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    more: dict[str, frozenset[str]] = {}
    for number, row in rows[1:]:
        dimension, group, member = _row(number, row)
        if group:
            unions[dimension][group] = unions[dimension].get(group, frozenset()) | {member}
        else:
            more[dimension] = more.get(dimension, frozenset()) | {member}
    _check_circles(unions)
    return Unions(unions, more, {GROUPS: sha256})


def _row(number: int, row: list[str]) -> tuple[str, str, str]:
    values = [one.strip() for one in row]
    if len(values) != len(_HEADER) or not values[0] or not values[2]:
        raise InputRefused(f"{GROUPS}, row {number} is not dimension, group and member.",
                           "Only the group may be empty.")  # fmt: skip
    return values[0], values[1], values[2]


def _check_circles(unions: Groups) -> None:
    for dimension, groups in unions.items():
        for group in groups:
            try:
                members(groups, group)
            except ValueError:
                raise InputRefused(f"{GROUPS} has a group of {dimension} that holds itself.",
                                   "Say of each group what it is made of.") from None  # fmt: skip
