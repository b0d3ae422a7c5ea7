"""Quotation marks that swallow rows: looked for where a file has values over several lines.

A mark that somebody typed at the beginning of a value (`"Bob Lee`) begins a quoted one, which the
next such mark ends, many rows on. All rows between are then one value, and where both marks stand
in one column, the merged row has as many values as any other: nothing else would show it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from casescope.identified.intake.sheets.source import Source, reading
from casescope.kernel.errors import InputRefused

_LONGEST_VALUE = 1 << 24


def check(source: Source, encoding: str, separator: str) -> None:
    """Read a file again; refuse a value over several lines that swallows rows."""
    csv.field_size_limit(_LONGEST_VALUE)
    with (
        reading(source.label),
        io.TextIOWrapper(source.open(), encoding=encoding, newline="") as file,
    ):
        lines: list[str] = []
        rows = csv.reader(_noted(file, lines), delimiter=separator)
        for number, row in enumerate(rows, start=1):
            several = len(lines) > 1
            if several and (_ends_amid_text(lines, separator) or _holds_rows(row, separator)):
                raise _swallows(source.label, number)
            lines.clear()


def _noted(file: Iterable[str], lines: list[str]) -> Iterator[str]:
    """Yield the lines of a file, each noted as it is taken."""
    for line in file:
        lines.append(line)
        yield line


def _ends_amid_text(lines: Sequence[str], separator: str) -> bool:
    """Say whether a row of these lines has a quoted value with text after its last mark."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False


def _holds_rows(row: Sequence[str], separator: str) -> bool:
    """Say whether a value's further lines look like rows: as many separators, ids in front."""
    for value in row:
        _, *further = value.splitlines() or [""]
        fronts = [line.partition(separator)[0] for line in further]
        if (
            further
            and value.count(separator) == (len(row) - 1) * len(further)
            and all(front and " " not in front for front in fronts)
        ):
            return True
    return False


def _swallows(label: str, row: int) -> InputRefused:
    return InputRefused(
        f"{label}, row {row}: a quotation mark begins a value that goes on into the rows after it.",
        "Take the mark out, or double it and put the whole value between two more, and load again.",
    )
