"""What every kind of file is read into: sheets, each one table's rows as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pyarrow as pa

from casescope.identified.intake.tables import ExtractTable
from casescope.kernel.errors import InputRefused


class Sheet(Protocol):
    """One table-shaped part of what was given: a CSV file, a sheet of a workbook, a table.

    Opening one reads its header; rows come in batches, in bounded memory. `batches` may raise
    InputRefused at any row, and must if the rest cannot be read whole.
    """

    @property
    def label(self) -> str:
        """A name no other sheet of the load has; messages and the column `_file` use it."""
        ...

    @property
    def header(self) -> tuple[str, ...]:
        """The column names as they stand."""
        ...

    @property
    def written_as(self) -> str:
        """How it is written, for the quality report: an encoding and separator, or a format."""
        ...

    def batches(self, wanted: frozenset[str]) -> Iterator[pa.RecordBatch]:
        """Yield the columns whose trimmed upper-case name is in `wanted`, under that name.

        All are text, null or empty where there is nothing; dates are ISO where the format itself
        knows that they are dates. The last column, `_row` (int64), is the row as a person would
        find it in the file; no two rows of a sheet have the same.
        """
        ...


@dataclass(frozen=True)
class LeftOut:
    """A file, or a part of one, that is no table: its label, and the sentence that says why."""

    label: str
    note: str


Part = Sheet | LeftOut | InputRefused
"""What comes of a file: a table-shaped part, or why there is none, or why it cannot be read."""


def first_day(sheet: object) -> date | None:
    """Return the day 0 from which a workbook counts days in cells that are plain numbers.

    None for every other sheet: there, a number where a date should be is not a date. A sheet that
    wraps another as `sheet` counts as that one does.
    """
    while sheet is not None:
        day = getattr(sheet, "first_day", None)
        if isinstance(day, date):
            return day
        sheet = getattr(sheet, "sheet", None)
    return None


def check_header(header: Sequence[str], table: ExtractTable, where: str) -> None:
    """Refuse a column of the table that stands twice: which of the two is meant can't be told."""
    names = [name.strip().upper() for name in header]
    for place, name in enumerate(names):
        if name in table.known and name in names[:place]:
            raise InputRefused(
                f"{where}: columns {names.index(name) + 1} and {place + 1} have the same name.",
                "Keep one of the two columns, and load again.",
            )
