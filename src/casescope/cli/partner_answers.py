"""Answers of a session as a person reads them."""

from collections.abc import Sequence
from typing import Any

from casescope.cli.findings import in_words

_WIDEST = 60


def counted(answer: dict[str, Any]) -> str:
    """Return the counts that a query came to, as a table, and what was made of it."""
    lines = [table(answer["columns"], answer["rows"])]
    lines += [f"  {caveat}" for caveat in answer["caveats"]]
    return "\n".join([*lines, f"  Told as number {answer['number']}."])


def facts(answer: dict[str, Any]) -> str:
    """Return the facts of the package that a query asked for."""
    return table(answer["columns"], answer["rows"])


def released(found: dict[str, Any]) -> str:
    """Return released findings."""
    return in_words(found, exact=False)


def tables(found: list[dict[str, Any]]) -> str:
    """Return what the dataset holds."""
    lines = []
    for one in found:
        lines += [f"{one['name']}: {one['meaning']} ({one['rows']:,} rows)"]
        lines += [f"  {column['name']:<18} {column['type']:<8} {column['meaning']}"
                  for column in one["columns"]]  # fmt: skip
    return "\n".join(lines)


def sealed_lines(found: list[dict[str, Any]]) -> str:
    """Return notes, or what was told, each with its number and when."""
    return "\n".join(_sealed_line(one) for one in found)


def _sealed_line(one: dict[str, Any]) -> str:
    head = f"{one['number']:>4}  {one['at'][:16].replace('T', ' ')}  "
    if one["kind"] == "note":
        return head + str(one["text"])
    answer = one.get("table")
    shown = "\n" + table(answer["columns"], answer["rows"]) if answer else ""
    return head + " ".join(one["asked"].split()) + shown


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows under their columns, numbers to the right."""
    cells = [[_short(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(columns))]
    lines = ["  " + "  ".join(_set(cell, width, place == len(columns) - 1)
                              for place, (cell, width) in enumerate(zip(row, widths, strict=True)))
             for row in cells]  # fmt: skip
    return "\n".join(line.rstrip() for line in [lines[0], "  " + "  ".join("─" * w for w in widths),
                                                 *lines[1:]])  # fmt: skip


def _set(cell: str, width: int, last: bool) -> str:
    return cell.rjust(width) if last else cell.ljust(width)


def _short(cell: object) -> str:
    text = "".join(letter if letter.isprintable() else " " for letter in str(cell))
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
