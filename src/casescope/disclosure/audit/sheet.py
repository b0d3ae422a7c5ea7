"""One CSV of published counts: dimension columns, then `count`; one row a cell."""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casescope.kernel.errors import InputRefused

COUNT = "count"
TOTALS = frozenset({"", "total", "all"})
"""What a dimension column says of a cell that is summed over it, in small letters."""

_DELIMITERS = (",", ";", "\t")
_MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Line:
    """One row: its number in the file, the categories it names, and what stands under count."""

    number: int
    categories: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Sheet:
    """One file as it was read: its name, dimensions, rows and the SHA-256 of its bytes."""

    name: str
    dimensions: tuple[str, ...]
    lines: tuple[Line, ...]
    sha256: str


def read_sheet(path: Path, name: str) -> Sheet:
    """Read one CSV; raise InputRefused, naming file and row, where it is no table of counts."""
    rows, sha256 = read_rows(path, name)
    header = [one.strip() for one in rows[0][1]]
    _check_header(header, name)
    lines = tuple(_line(number, header[:-1], row, name) for number, row in rows[1:])
    return Sheet(name, tuple(header[:-1]), lines, sha256)


def read_rows(path: Path, name: str) -> tuple[list[tuple[int, list[str]]], str]:
    """Return the rows of a CSV that are not blank, with their numbers, and its SHA-256."""
    if path.stat().st_size > _MOST_BYTES:
        raise InputRefused(f"{name} is too large for a table of published counts.",
                           "Give tables as they were published, not data.")  # fmt: skip
    raw = path.read_bytes()
    rows = _rows(_decoded(raw, name))
    if not rows:
        raise InputRefused(f"{name} is empty.", "Take it out of the folder.")
    return rows, hashlib.sha256(raw).hexdigest()


def _decoded(raw: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputRefused(f"{name} is neither UTF-8 nor Windows-1252.", "Save it as CSV UTF-8.")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return rows that are not blank, with the number of the line each ends on."""
    head = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [(reader.line_num, row) for row in reader if any(one.strip() for one in row)]


def _check_header(header: list[str], name: str) -> None:
    if header[-1].casefold() != COUNT:
        raise InputRefused(f"The last column of {name} is not called count.",
                           "Give one row a cell: dimension columns, then count.")  # fmt: skip
    if "" in header:
        raise InputRefused(f"Column {header.index('') + 1} of {name} has no name.",
                           "Name every dimension; give one row a cell.")  # fmt: skip
    if len({one.casefold() for one in header}) < len(header):
        raise InputRefused(f"Two columns of {name} have one name.", "Name each dimension once.")


def _line(number: int, dimensions: list[str], row: list[str], name: str) -> Line:
    if len(row) != len(dimensions) + 1:
        raise InputRefused(
            f"{name}, row {number} has {len(row)} columns and the header "
            f"{len(dimensions) + 1}.",
            "Put numbers with commas in quotation marks.",
        )  # fmt: skip
    values = [one.strip() for one in row]
    named = zip(dimensions, values[:-1], strict=True)
    categories = {one: value for one, value in named if value.casefold() not in TOTALS}
    return Line(number, categories, values[-1])
