"""Which table a file is: decided by its columns, never by its name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casescope.identified.intake.tables import NOT_NEEDED, PREFIXED, TABLES, ExtractTable

_TABLES_THAT_KNOW = Counter(name for table in TABLES for name in table.known)
"""In how many tables a name stands: CHILD and DOB say nothing of which table a file is."""


_COUNTED_NOWHERE = ("placed_for_adoption", "adoption", "previous_permanence")
"""Tables on which no number rests yet: a file that lacks a column of theirs is no loss."""


@dataclass(frozen=True)
class Recognised:
    """A file that is one table of the extract; `extra` are columns nobody asked for."""

    table: ExtractTable
    extra: tuple[str, ...]


@dataclass(frozen=True)
class NotRecognised:
    """A file that is no table, and the sentence that says why.

    `is_meant` where it nearly is one: left out, it would be missing from every number.
    """

    reason: str
    is_meant: bool = False


def recognise(columns: Sequence[str]) -> Recognised | NotRecognised:
    """Return the one table whose required columns are all here, and that knows most of the rest.

    Case and surrounding spaces are ignored. Two tables that fit equally well refuse the file.
    """
    named = [column.strip().upper() for column in columns]
    here = frozenset(named)
    fits = sorted(
        (table for table in TABLES if table.required <= here),
        key=lambda table: len(table.known & here),
        reverse=True,
    )
    if not fits:
        return _not_recognised(here)
    best = len(fits[0].known & here)
    if len(fits) > 1 and len(fits[1].known & here) == best:
        either = f"'{fits[0].name}' or '{fits[1].name}'"
        return NotRecognised(f"it could be {either} equally well", is_meant=True)
    extra = [column for column, name in zip(columns, named, strict=True)
             if name not in fits[0].known]  # fmt: skip
    return Recognised(fits[0], tuple(extra))


def is_known(columns: Sequence[str]) -> bool:
    """Say whether these are a table's columns: read, nearly so, or one a study does not need."""
    here = frozenset(column.strip().upper() for column in columns)
    found = recognise(columns)
    return (
        isinstance(found, Recognised)
        or found.is_meant
        or any(needless <= here for needless in NOT_NEEDED.values())
    )


def known_columns(columns: Sequence[str]) -> int:
    """Return how many of these columns the table knows that knows most of them."""
    here = frozenset(column.strip().upper() for column in columns)
    return max(len(table.known & here) for table in TABLES)


def _not_recognised(here: frozenset[str]) -> NotRecognised:
    for label, columns in NOT_NEEDED.items():
        if columns <= here:
            return NotRecognised(f"it is {label}, which a study does not need")
    nearest = max(TABLES, key=lambda table: _nearness(table, here))
    if not nearest.required & here:
        return NotRecognised("its columns are those of no table casescope knows")
    lacking = ", ".join(
        column.name for column in nearest.columns
        if column.required and column.name.upper() not in here
    )  # fmt: skip
    return NotRecognised(
        f"it is nearest to '{nearest.name}' but lacks {lacking}", is_meant=_is_meant(nearest, here)
    )


def _nearness(table: ExtractTable, here: frozenset[str]) -> tuple[int, int, float]:
    """Return how much of a table is here: its own names first, then any, then what is required."""
    return (
        len(_own(table, here)),
        len(table.known & here),
        len(table.required & here) / len(table.required),
    )


def _is_meant(table: ExtractTable, here: frozenset[str]) -> bool:
    """Say whether columns can hardly be anything else: two that no other table has, or a prefix."""
    own = _own(table, here)
    return table.name not in _COUNTED_NOWHERE and (
        len(own) > 1 or any(name in PREFIXED for name in own)
    )


def _own(table: ExtractTable, here: frozenset[str]) -> frozenset[str]:
    """Return the columns here that no table but this one knows."""
    return frozenset(name for name in table.known & here if _TABLES_THAT_KNOW[name] == 1)
