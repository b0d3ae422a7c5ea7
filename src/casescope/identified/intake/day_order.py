"""Dates that write the month first: some can't be read, and the others are read the wrong way."""

from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
from pyarrow import compute

from casescope.kernel.errors import InputRefused

_MONTH_FIRST = "^[ \t]*(0?[1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/[0-9]{2}"
_ENOUGH = 3
"""Fewer than this are somebody's slips, and stay problems of their rows."""


@dataclass
class DayOrder:
    """What the dates of one sheet show of their order, column by column.

    Where the month comes first, no date that could be read has a day after the 12th.
    """

    _month_first: Counter[str] = field(default_factory=Counter)
    _day_first: set[str] = field(default_factory=set)

    def see(self, column: str, texts: pa.ChunkedArray, days: pa.Array) -> None:
        """Take note of some rows of a column: as they are written, and as they were read."""
        if column in self._day_first:
            return
        if compute.any(compute.greater(compute.day(days), 12)).as_py():
            self._day_first.add(column)
            return
        unread = texts.filter(compute.is_null(days))
        turned = compute.sum(compute.match_substring_regex(unread, _MONTH_FIRST)).as_py()
        self._month_first[column] += turned or 0

    def check(self, label: str) -> None:
        """Refuse a sheet that writes the month first in a column."""
        for column, rows in self._month_first.items():
            if rows >= _ENOUGH and column not in self._day_first:
                raise InputRefused(
                    f"{label}, column {column}: its dates have the month first, so days and months "
                    "would be taken for one another.",
                    "Export it again with dates as 31/10/2026 or 2026-10-31.",
                )
