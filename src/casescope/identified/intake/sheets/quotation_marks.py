"""Quotation marks that swallow rows: looked for where a file has values over several lines.

A mark that somebody typed at the beginning of a value (`"Bob Lee`) begins a quoted one, which the
next such mark ends, many rows on. All rows between are then one value, and where both marks stand
in one column, the merged row has as many values as any other: nothing else would show it.
"""

import csv
import io
from itertools import count

from casescope.identified.intake.sheets.source import Source, reading
from casescope.kernel.errors import InputRefused

_LONGEST_VALUE = 1 << 24


def check(source: Source, encoding: str, separator: str) -> None:
    """Read a file again by the letter; refuse a value over several lines that ends amid text."""
    csv.field_size_limit(_LONGEST_VALUE)
    with (
        reading(source.label),
        io.TextIOWrapper(source.open(), encoding=encoding, newline="") as file,
    ):
        rows = csv.reader(file, delimiter=separator, strict=True)
        for row in count(1):
            line = rows.line_num
            try:
                if next(rows, None) is None:
                    return
            except csv.Error:
                if rows.line_num > line + 1:  # on one line it swallows nothing
                    raise _swallows(source.label, row) from None


def _swallows(label: str, row: int) -> InputRefused:
    return InputRefused(
        f"{label}, row {row}: a quotation mark begins a value that goes on into the rows after it.",
        "Take the mark out, or double it and put the whole value between two more, and load again.",
    )
