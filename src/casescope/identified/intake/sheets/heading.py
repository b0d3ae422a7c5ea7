"""Where the header of a text file stands: in row 1, or below a title as report servers write it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from casescope.identified.intake.recognise import is_known

SEPARATORS = ",;\t|"

HEADER_WITHIN = 30
"""Rows among which the header is looked for: titles, notes and filters may stand above it."""

_MOST_LINES = 20
"""A header's names may be broken over lines, but hardly over more than these."""


@dataclass(frozen=True)
class Heading:
    """A header: its names, what separates them, its row, and the lines of text down to its end."""

    names: tuple[str, ...]
    separator: str
    row: int
    lines: int


def heading(lines: Sequence[str]) -> Heading:
    """Return the first of these lines that a known table begins with, else row 1.

    Where row 1 has less than half the values of a later one it is a title: that one is taken.
    """
    first = _at(lines, 0)
    if is_known(first.names):
        return first
    others = [_at(lines, place) for place in range(1, len(lines))]
    widest = max([first, *others], key=lambda one: len(one.names))
    title = len(widest.names) > 2 * len(first.names)
    return next((one for one in others if is_known(one.names)), widest if title else first)


def _at(lines: Sequence[str], place: int) -> Heading:
    """Return the header that begins at a line: without names where a quotation never ends."""
    separator = max(SEPARATORS, key=lines[place].count)
    reader = csv.reader(lines[place : place + _MOST_LINES], delimiter=separator, strict=True)
    try:
        return Heading(tuple(next(reader, [])), separator, place + 1, place + reader.line_num)
    except csv.Error:
        return Heading((), separator, place + 1, place + reader.line_num)
