"""Which table a file is: decided by its columns, never by its name."""

from collections.abc import Sequence
from dataclasses import dataclass

from casescope.identified.intake.tables import NOT_NEEDED, TABLES, ExtractTable


@dataclass(frozen=True)
class Recognised:
    """A file that is one table of the extract; `extra` are columns nobody asked for."""

    table: ExtractTable
    extra: tuple[str, ...]


@dataclass(frozen=True)
class NotRecognised:
    """A file that is left out, and the sentence that says why."""

    reason: str


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
        return NotRecognised(_why_not(here))
    best = len(fits[0].known & here)
    if len(fits) > 1 and len(fits[1].known & here) == best:
        return NotRecognised(f"it could be '{fits[0].name}' or '{fits[1].name}' equally well")
    extra = [column for column, name in zip(columns, named, strict=True)
             if name not in fits[0].known]  # fmt: skip
    return Recognised(fits[0], tuple(extra))


def known_columns(columns: Sequence[str]) -> int:
    """Return how many of these columns the table knows that knows most of them."""
    here = frozenset(column.strip().upper() for column in columns)
    return max(len(table.known & here) for table in TABLES)


def _why_not(here: frozenset[str]) -> str:
    for label, columns in NOT_NEEDED.items():
        if columns <= here:
            return f"it is {label}, which a study does not need"
    nearest = max(TABLES, key=lambda table: len(table.required & here) / len(table.required))
    shared = len(nearest.required & here)
    if not shared:
        return "its columns are those of no table casescope knows"
    lacking = ", ".join(
        column.name for column in nearest.columns
        if column.required and column.name.upper() not in here
    )  # fmt: skip
    return f"it is nearest to '{nearest.name}' but lacks {lacking}"
